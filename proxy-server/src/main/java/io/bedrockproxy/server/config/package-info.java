/** What the operator asked for, as immutable values without defaults or references left to look up. */
@NullMarked
package io.bedrockproxy.server.config;

import org.jspecify.annotations.NullMarked;
