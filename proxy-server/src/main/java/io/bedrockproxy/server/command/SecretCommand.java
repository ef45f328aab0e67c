package io.bedrockproxy.server.command;

import io.bedrockproxy.server.config.SecretHash;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code secret}: makes a bearer secret, or an access key for a client that can only sign. */
@Command(
        name = "secret",
        mixinStandardHelpOptions = true,
        description = "Makes a bearer secret of 256 bits: for the client, and its sha256 for the configuration.",
        footer = "With --access-key: an id and a secret for a client that can only sign, and the configuration's line.")
final class SecretCommand implements Callable<Integer> {
    /** As long as the digest that is kept of it: there is no shorter way in. */
    private static final int BYTES = 32;

    /** As many characters as AWS's have, for forms that count them: 64 bits of id and 240 of secret. */
    private static final int KEY_ID_BYTES = 8;

    private static final int KEY_SECRET_BYTES = 30;
    private static final String KEY_ID_PREFIX = "PRXY";

    @Spec
    @SuppressWarnings("NullAway.Init") // Filled in by picocli before the call.
    private CommandSpec spec;

    @Option(names = "--access-key", description = "Makes an access key instead.")
    private boolean accessKey;

    @Override
    public Integer call() {
        return accessKey ? printAccessKey() : printSecret();
    }

    private int printAccessKey() {
        String id = KEY_ID_PREFIX + HexFormat.of().withUpperCase().formatHex(random(KEY_ID_BYTES));
        PrintWriter out = spec.commandLine().getOut();
        out.println("access-key-id=" + id);
        out.println("secret-access-key=" + base64(random(KEY_SECRET_BYTES)));
        out.println("# In the configuration, with the secret in a file that only the proxy's user can read:");
        out.println("# clients.NAME.access-keys = [ { id = \"" + id + "\", secret = { file = \"/run/secrets/" + id
                + "\" } } ]");
        out.flush();
        return 0;
    }

    private int printSecret() {
        String secret = newSecret();
        PrintWriter out = spec.commandLine().getOut();
        out.println("secret=" + secret);
        out.println("sha256=" + sha256(secret));
        out.flush();
        return 0;
    }

    /** A new secret in base64url: fits in a header, an URL and a shell without quotes. */
    static String newSecret() {
        return base64(random(BYTES));
    }

    private static byte[] random(int length) {
        byte[] bytes = new byte[length];
        new SecureRandom().nextBytes(bytes);
        return bytes;
    }

    private static String base64(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /** What the configuration holds of a secret. */
    static String sha256(String secret) {
        SecretHash hash = SecretHash.ofSecret(secret.getBytes(StandardCharsets.US_ASCII));
        return HexFormat.of().formatHex(hash.sha256());
    }
}
