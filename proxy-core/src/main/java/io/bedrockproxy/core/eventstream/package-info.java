/**
 * {@code application/vnd.amazon.eventstream}: watching its frames, making an exception frame, and turning a stream into
 * Server-Sent Events. JDK and jackson-core only; works on byte buffers of any kind.
 */
@NullMarked
package io.bedrockproxy.core.eventstream;

import org.jspecify.annotations.NullMarked;
