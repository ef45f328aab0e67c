/** The Security Token Service: AssumeRole, GetCallerIdentity and its outages. */
@NullMarked
package io.bedrockproxy.emulator.sts;

import org.jspecify.annotations.NullMarked;
