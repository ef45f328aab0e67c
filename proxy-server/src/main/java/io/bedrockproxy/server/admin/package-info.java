/** Liveness and readiness on a port of their own; never proxies. */
@NullMarked
package io.bedrockproxy.server.admin;

import org.jspecify.annotations.NullMarked;
