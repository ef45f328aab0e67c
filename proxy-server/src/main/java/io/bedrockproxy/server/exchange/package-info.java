/** One request from first byte to last: authenticate, route, collect, credentials, sign, connect, send, relay. */
@NullMarked
package io.bedrockproxy.server.exchange;

import org.jspecify.annotations.NullMarked;
