/** What happened in an exchange, as one access-log line. */
@NullMarked
package io.bedrockproxy.core.telemetry;

import org.jspecify.annotations.NullMarked;
