package io.bedrockproxy.emulator.http;

import io.netty.handler.ssl.SslContext;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * What all connections of one listener share.
 *
 * @param service answers the requests
 * @param scanner finds forbidden secrets
 * @param maxBodyBytes larger request bodies are refused with 413
 * @param nanos a monotonic clock
 * @param tls null for cleartext
 */
public record ServerContext(
        RequestService service,
        SecretScanner scanner,
        int maxBodyBytes,
        LongSupplier nanos,
        @Nullable SslContext tls) {
    boolean isTls() {
        return tls != null;
    }
}
