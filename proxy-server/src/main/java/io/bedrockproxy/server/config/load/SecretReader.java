package io.bedrockproxy.server.config.load;

import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigObject;
import io.bedrockproxy.server.config.SecretHash;
import io.bedrockproxy.server.config.hocon.Section;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads {@code secrets}: digests, files and variables, and keeps the digest of each. No message shows a secret. */
final class SecretReader {
    /** What one element may hold. */
    static final ConfigObject KEYS =
            ConfigFactory.parseString("sha256 = null, file = null, env = null").root();

    private static final int MIN_BYTES = 16;
    private static final Pattern VARIABLE = Pattern.compile("[A-Z_][A-Z0-9_]*");

    private final Map<String, String> environment;

    SecretReader(Map<String, String> environment) {
        this.environment = environment;
    }

    List<SecretHash> secrets(Section client) {
        List<SecretHash> secrets = new ArrayList<>();
        List<Section> elements = client.sections("secrets", KEYS);
        for (Section element : elements) {
            SecretHash secret = secret(element);
            if (secret != null) {
                secrets.add(secret);
            }
        }
        if (elements.isEmpty()) {
            client.problem("secrets", "no secret", "at least one of { sha256 = ... }, { file = ... }, { env = ... }");
        }
        return secrets;
    }

    private @Nullable SecretHash secret(Section element) {
        List<String> kinds =
                KEYS.keySet().stream().filter(element::isSet).sorted().toList();
        if (kinds.size() != 1) {
            String first = kinds.isEmpty() ? "sha256" : kinds.get(0);
            element.problem(first, kinds.isEmpty() ? "not set" : String.join(" and ", kinds), "sha256, file or env");
            return null;
        }
        return switch (kinds.get(0)) {
            case "sha256" -> ofDigest(element);
            case "file" -> ofFile(element);
            default -> ofVariable(element);
        };
    }

    private static @Nullable SecretHash ofDigest(Section element) {
        String hex = element.text("sha256");
        if (!hex.matches("[0-9A-Fa-f]{64}")) {
            element.problem("sha256", hex.length() + " characters", "the 64 hexadecimal digits that `secret` prints");
            return null;
        }
        return SecretHash.ofSha256(HexFormat.of().parseHex(hex));
    }

    private static @Nullable SecretHash ofFile(Section element) {
        String name = element.text("file");
        byte[] content = Readers.content(element, "file", name);
        if (content == null) {
            return null;
        }
        Readers.warnOfOtherReaders(element, "file", Path.of(name));
        int length = lengthWithoutNewline(content);
        if (length == 0) {
            // Emptied to revoke it. Were that a mistake, a reload would fail and the old secret stay.
            element.warn("file", name + " is empty: no secret, so that nobody can use it");
            return null;
        }
        byte[] secret = Arrays.copyOf(content, length);
        Arrays.fill(content, (byte) 0);
        return ofBytes(element, "file", secret);
    }

    private @Nullable SecretHash ofVariable(Section element) {
        String name = element.text("env");
        String value = environment.get(name);
        if (value == null) {
            // Not repeated when it can be no name: somebody may have written the secret itself.
            String shown = VARIABLE.matcher(name).matches() ? "the variable " + name + " is not set" : "not a variable";
            element.problem("env", shown, "the name of a variable that holds the secret");
            return null;
        }
        return ofBytes(element, "env", value.getBytes(StandardCharsets.UTF_8));
    }

    private static @Nullable SecretHash ofBytes(Section element, String key, byte[] secret) {
        try {
            if (secret.length < MIN_BYTES) {
                String wrong = "a secret of " + secret.length + (secret.length == 1 ? " byte" : " bytes");
                element.problem(key, wrong, "at least " + MIN_BYTES + " bytes; `secret` makes a good one");
                return null;
            }
            for (byte octet : secret) {
                if (octet <= ' ' || octet >= 0x7f) {
                    element.problem(key, "a secret that fits in no header", "printable ASCII without spaces");
                    return null;
                }
            }
            return SecretHash.ofSecret(secret);
        } finally {
            Arrays.fill(secret, (byte) 0);
        }
    }

    private static int lengthWithoutNewline(byte[] content) {
        int length = content.length;
        if (length > 0 && content[length - 1] == '\n') {
            length--;
            if (length > 0 && content[length - 1] == '\r') {
                length--;
            }
        }
        return length;
    }
}
