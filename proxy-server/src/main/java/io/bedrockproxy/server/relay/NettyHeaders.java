package io.bedrockproxy.server.relay;

import io.bedrockproxy.core.http.HeaderView;
import io.netty.handler.codec.http.HttpHeaders;
import java.util.List;
import java.util.function.BiConsumer;

/**
 * Netty's headers for the core.
 *
 * @param headers borrowed
 */
public record NettyHeaders(HttpHeaders headers) implements HeaderView {
    @Override
    public List<String> all(String lowerCaseName) {
        return headers.getAll(lowerCaseName);
    }

    @Override
    public void forEach(BiConsumer<String, String> action) {
        headers.forEach(entry -> action.accept(entry.getKey(), entry.getValue()));
    }
}
