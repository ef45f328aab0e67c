/** HTTP/1.1 and HTTP/2 on one port: requests come in whole, answers go out as lazy, paced pieces. */
@NullMarked
package io.bedrockproxy.emulator.http;

import org.jspecify.annotations.NullMarked;
