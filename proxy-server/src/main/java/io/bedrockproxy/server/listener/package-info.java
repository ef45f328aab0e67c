/** Accepts connections: event loops, TLS, protocol choice, and the guards before an exchange. */
@NullMarked
package io.bedrockproxy.server.listener;

import org.jspecify.annotations.NullMarked;
