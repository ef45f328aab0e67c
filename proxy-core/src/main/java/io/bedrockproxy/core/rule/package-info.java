/** Which models and operations a client may use. */
@NullMarked
package io.bedrockproxy.core.rule;

import org.jspecify.annotations.NullMarked;
