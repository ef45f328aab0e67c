package io.bedrockproxy.server;

import com.typesafe.config.ConfigUtil;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A proxy with a client {@code signer} that has an access key, and one that may use no model. */
public final class IssuedKeys {
    public static final String ID = "PRXY0123456789ABCDEF";
    public static final String SECRET = "a-secret-that-opens-nothing-but-this-test";
    static final String NARROW_ID = "PRXY_narrow_0123456789";
    static final String NARROW_SECRET = "another-secret-that-opens-next-to-nothing";

    private IssuedKeys() {}

    /** Writes the secrets into {@code folder} and adds the clients. */
    public static LocalProxy.Builder addTo(LocalProxy.Builder builder, Path folder) {
        try {
            Path file = Files.writeString(folder.resolve("signer"), SECRET + "\n");
            Path narrow = Files.writeString(folder.resolve("narrow"), NARROW_SECRET);
            return builder.config("""
                    clients.signer { role = test, operations = ["*"],
                      access-keys = [ { id = %s, secret = { file = %s } } ] }
                    clients.narrow { role = test, models = [none], access-keys = [ { id = %s, secret = { file = %s } } ] }
                    """.formatted(ID, quoted(file), NARROW_ID, quoted(narrow)))
                    .prepared(emulator -> emulator.forbidSecret(SECRET));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String quoted(Path path) {
        return ConfigUtil.quoteString(path.toString());
    }
}
