/** The program: parse arguments, load the configuration, start, wait for the signal. */
@NullMarked
package io.bedrockproxy.server;

import org.jspecify.annotations.NullMarked;
