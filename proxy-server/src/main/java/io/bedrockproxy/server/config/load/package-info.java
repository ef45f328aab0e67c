/** From a file and an environment to one checked {@link io.bedrockproxy.server.config.ProxyConfig}. */
@NullMarked
package io.bedrockproxy.server.config.load;

import org.jspecify.annotations.NullMarked;
