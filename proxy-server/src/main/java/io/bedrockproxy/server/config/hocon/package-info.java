/** Reading HOCON strictly: only known keys, units on durations and sizes, and every problem reported at once. */
@NullMarked
package io.bedrockproxy.server.config.hocon;

import org.jspecify.annotations.NullMarked;
