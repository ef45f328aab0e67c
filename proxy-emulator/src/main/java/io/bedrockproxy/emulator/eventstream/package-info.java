/** Encodes event-stream frames. */
@NullMarked
package io.bedrockproxy.emulator.eventstream;

import org.jspecify.annotations.NullMarked;
