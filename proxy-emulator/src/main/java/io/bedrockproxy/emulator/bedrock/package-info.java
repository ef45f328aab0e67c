/** The Bedrock runtime: a table of operations, the model families' shapes and the steering model ids. */
@NullMarked
package io.bedrockproxy.emulator.bedrock;

import org.jspecify.annotations.NullMarked;
