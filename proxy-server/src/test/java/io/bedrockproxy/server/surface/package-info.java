/** The surfaces beside Bedrock's native one, over real sockets. */
@org.jspecify.annotations.NullMarked
package io.bedrockproxy.server.surface;
