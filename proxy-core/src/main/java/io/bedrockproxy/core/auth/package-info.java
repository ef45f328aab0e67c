/** From a bearer secret to a client, in constant time. */
@NullMarked
package io.bedrockproxy.core.auth;

import org.jspecify.annotations.NullMarked;
