/** Why an exchange did not end well: one enum, and the bodies made from it. */
@NullMarked
package io.bedrockproxy.core.failure;

import org.jspecify.annotations.NullMarked;
