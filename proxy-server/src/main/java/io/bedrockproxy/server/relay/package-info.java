/** Copies a response from upstream to downstream with back-pressure, and tells the truth about how it ended. */
@NullMarked
package io.bedrockproxy.server.relay;

import org.jspecify.annotations.NullMarked;
