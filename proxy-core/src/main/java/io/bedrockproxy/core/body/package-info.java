/** What the rules have to know about a request's body: the model that it names. */
@NullMarked
package io.bedrockproxy.core.body;

import org.jspecify.annotations.NullMarked;
