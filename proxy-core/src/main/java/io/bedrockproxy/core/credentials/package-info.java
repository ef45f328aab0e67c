/** Source credentials, assumed roles and the refresher that keeps them fresh. */
@NullMarked
package io.bedrockproxy.core.credentials;

import org.jspecify.annotations.NullMarked;
