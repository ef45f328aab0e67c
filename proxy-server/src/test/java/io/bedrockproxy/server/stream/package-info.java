/** Integration tests of relayed streams against an upstream that does exactly as it is told. */
package io.bedrockproxy.server.stream;
