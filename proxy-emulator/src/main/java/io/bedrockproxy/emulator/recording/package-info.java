/** What arrived and how it ended, for tests to read. */
@NullMarked
package io.bedrockproxy.emulator.recording;

import org.jspecify.annotations.NullMarked;
