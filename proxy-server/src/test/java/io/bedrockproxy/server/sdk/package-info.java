/** The clients of the AWS SDK for Java, unmodified and configured as users do it, against the whole product. */
@NullMarked
package io.bedrockproxy.server.sdk;

import org.jspecify.annotations.NullMarked;
