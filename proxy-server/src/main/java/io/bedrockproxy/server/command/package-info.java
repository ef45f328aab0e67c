/** The commands of the program, and what they share: options, signals, logging. */
@NullMarked
package io.bedrockproxy.server.command;

import org.jspecify.annotations.NullMarked;
