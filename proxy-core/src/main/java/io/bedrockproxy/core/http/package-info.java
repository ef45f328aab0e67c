/** HTTP values and encodings that the rest of the core shares; no I/O. */
@NullMarked
package io.bedrockproxy.core.http;

import org.jspecify.annotations.NullMarked;
