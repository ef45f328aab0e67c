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
import picocli.CommandLine.Spec;

/** {@code secret}: makes a bearer secret. */
@Command(
        name = "secret",
        mixinStandardHelpOptions = true,
        description = "Makes a bearer secret of 256 bits: for the client, and its sha256 for the configuration.")
final class SecretCommand implements Callable<Integer> {
    /** As long as the digest that is kept of it: there is no shorter way in. */
    private static final int BYTES = 32;

    @Spec
    @SuppressWarnings("NullAway.Init") // Filled in by picocli before the call.
    private CommandSpec spec;

    @Override
    public Integer call() {
        String secret = newSecret();
        PrintWriter out = spec.commandLine().getOut();
        out.println("secret=" + secret);
        out.println("sha256=" + sha256(secret));
        out.flush();
        return 0;
    }

    /** A new secret in base64url: fits in a header, an URL and a shell without quotes. */
    static String newSecret() {
        byte[] bytes = new byte[BYTES];
        new SecureRandom().nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /** What the configuration holds of a secret. */
    static String sha256(String secret) {
        SecretHash hash = SecretHash.ofSecret(secret.getBytes(StandardCharsets.US_ASCII));
        return HexFormat.of().formatHex(hash.sha256());
    }
}
