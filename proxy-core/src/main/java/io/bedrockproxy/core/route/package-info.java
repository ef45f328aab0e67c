/** From method and raw target to one operation, or a failure: what policy sees is what AWS sees. */
@NullMarked
package io.bedrockproxy.core.route;

import org.jspecify.annotations.NullMarked;
