/** Notices that the configuration's files have changed, and brings the new configuration in whole or not at all. */
@NullMarked
package io.bedrockproxy.server.reload;

import org.jspecify.annotations.NullMarked;
