/** The command {@code check}: one look at everything that the proxy needs, and what to do about what fails. */
@NullMarked
package io.bedrockproxy.server.check;

import org.jspecify.annotations.NullMarked;
