/** Which headers travel up and which travel back. */
@NullMarked
package io.bedrockproxy.core.header;

import org.jspecify.annotations.NullMarked;
