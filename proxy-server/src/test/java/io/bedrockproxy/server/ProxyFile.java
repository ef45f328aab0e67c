package io.bedrockproxy.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** The configuration file of a {@link LocalProxy}, to be changed while it runs. */
final class ProxyFile {
    private final LocalProxy proxy;
    private final Path file;
    private final String original;

    ProxyFile(LocalProxy proxy) {
        this.proxy = proxy;
        this.file = proxy.folder().resolve("proxy.conf");
        try {
            original = Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What the proxy was started with and {@code hocon} below {@code bedrock-proxy}; the file is never seen half written. */
    void write(String hocon) {
        replace(file, original + "bedrock-proxy {\n" + hocon + "\n}\n");
    }

    /** The same, brought in when this returns. */
    void reload(String hocon) {
        write(hocon);
        proxy.server().reload().toCompletableFuture().join();
    }

    /** Puts another file in place of {@code file}. */
    static void replace(Path file, String text) {
        try {
            Path next = Files.writeString(file.resolveSibling(file.getFileName() + ".next"), text);
            Files.move(next, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A client with the role {@code test} and everything allowed. */
    static String client(String name, String secret) {
        return "clients.%s { role = test, operations = [\"*\"], secrets = [ { sha256 = %s } ] }\n"
                .formatted(name, LocalProxy.sha256(secret));
    }
}
