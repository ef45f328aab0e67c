/** Checks SigV4 signatures over the received bytes, with the AWS SDK's signer as the judge. */
@NullMarked
package io.bedrockproxy.emulator.signature;

import org.jspecify.annotations.NullMarked;
