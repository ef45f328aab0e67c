/** From region and partition to host and signing region, for Bedrock and for STS. */
@NullMarked
package io.bedrockproxy.core.endpoint;

import org.jspecify.annotations.NullMarked;
