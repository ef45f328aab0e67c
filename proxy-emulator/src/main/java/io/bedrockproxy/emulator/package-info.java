/** A Bedrock runtime and an STS on loopback that verify signatures; for tests, the sandbox and the emulator command. */
@NullMarked
package io.bedrockproxy.emulator;

import org.jspecify.annotations.NullMarked;
