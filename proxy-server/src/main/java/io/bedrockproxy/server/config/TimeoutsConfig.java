package io.bedrockproxy.server.config;

import java.time.Duration;

/**
 * {@code bedrock-proxy.timeouts}.
 *
 * @param head from a request's first byte to the end of its head
 * @param bodyIdle the longest pause inside a request body
 * @param body from the end of the head to the end of the body
 * @param connect to the upstream
 * @param tls one handshake, with clients and with the upstream
 * @param responseHead from the request's last byte to the first of the answer
 * @param streamIdle the longest pause inside an answer
 * @param keepAlive how long a client connection may rest between requests
 * @param drainGrace from not ready to not accepting
 * @param drain from the signal to the end of the last exchange
 */
public record TimeoutsConfig(
        Duration head,
        Duration bodyIdle,
        Duration body,
        Duration connect,
        Duration tls,
        Duration responseHead,
        Duration streamIdle,
        Duration keepAlive,
        Duration drainGrace,
        Duration drain) {}
