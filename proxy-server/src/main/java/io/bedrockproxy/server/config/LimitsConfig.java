package io.bedrockproxy.server.config;

/**
 * {@code bedrock-proxy.limits}, with every {@code auto} worked out.
 *
 * @param requestBodyBytes the longest request body
 * @param bufferedBodiesBytes all request bodies in memory together
 * @param headBytes the longest request head, request line included
 * @param headerCount the most fields in a request head
 * @param connections the most client connections at once
 * @param streamsPerConnection the most HTTP/2 streams of one connection at once
 */
public record LimitsConfig(
        long requestBodyBytes,
        long bufferedBodiesBytes,
        int headBytes,
        int headerCount,
        int connections,
        int streamsPerConnection) {}
