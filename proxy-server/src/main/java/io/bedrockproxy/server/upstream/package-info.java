/** Connections to Bedrock: one pool per event loop, TLS, and the response as calls on a consumer. */
@NullMarked
package io.bedrockproxy.server.upstream;

import org.jspecify.annotations.NullMarked;
