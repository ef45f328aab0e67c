/**
 * AWS Signature Version 4 for requests that carry their signature in headers. JDK only, no I/O, and no logging: what is
 * signed may be secret.
 */
@NullMarked
package io.bedrockproxy.core.sigv4;

import org.jspecify.annotations.NullMarked;
