/** From a bearer secret, or from a signature with an issued key, to a client; in constant time. */
@NullMarked
package io.bedrockproxy.core.auth;

import org.jspecify.annotations.NullMarked;
