/** Hostile requests as raw bytes, over real sockets, against the whole product. */
@NullMarked
package io.bedrockproxy.server.wire;

import org.jspecify.annotations.NullMarked;
