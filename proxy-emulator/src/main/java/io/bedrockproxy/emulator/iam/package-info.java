/** Reads IAM policy documents and decides by them, written out from IAM's documentation. */
@NullMarked
package io.bedrockproxy.emulator.iam;

import org.jspecify.annotations.NullMarked;
