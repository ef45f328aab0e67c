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

/** Reads secrets: digests, files and variables. Of bearer secrets it keeps the digest. No message shows a secret. */
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

    /** Digests of bearer secrets. */
    List<SecretHash> secrets(Section client) {
        List<SecretHash> secrets = new ArrayList<>();
        for (Section element : client.sections("secrets", KEYS)) {
            SecretHash secret = secret(element);
            if (secret != null) {
                secrets.add(secret);
            }
        }
        return secrets;
    }

    private @Nullable SecretHash secret(Section element) {
        if (element.isSet("sha256") && !element.isSet("file") && !element.isSet("env")) {
            return ofDigest(element);
        }
        byte[] secret = plain(element, KEYS);
        if (secret == null) {
            return null;
        }
        SecretHash hash = SecretHash.ofSecret(secret);
        Arrays.fill(secret, (byte) 0);
        return hash;
    }

    /**
     * The secret itself, which the caller wipes; null when there is none that can be used.
     *
     * @param keys what the element may hold, {@code file} and {@code env} among it
     */
    byte @Nullable [] plain(Section element, ConfigObject keys) {
        List<String> kinds =
                keys.keySet().stream().filter(element::isSet).sorted().toList();
        if (kinds.size() != 1) {
            String first = kinds.isEmpty() ? (keys.containsKey("sha256") ? "sha256" : "file") : kinds.get(0);
            String expected = keys.containsKey("sha256") ? "sha256, file or env" : "file or env";
            element.problem(first, kinds.isEmpty() ? "not set" : String.join(" and ", kinds), expected);
            return null;
        }
        String kind = kinds.get(0);
        byte[] secret = kind.equals("file") ? ofFile(element) : ofVariable(element);
        if (secret == null || isUsable(element, kind, secret)) {
            return secret;
        }
        Arrays.fill(secret, (byte) 0);
        return null;
    }

    private static @Nullable SecretHash ofDigest(Section element) {
        String hex = element.text("sha256");
        if (!hex.matches("[0-9A-Fa-f]{64}")) {
            element.problem("sha256", hex.length() + " characters", "the 64 hexadecimal digits that `secret` prints");
            return null;
        }
        return SecretHash.ofSha256(HexFormat.of().parseHex(hex));
    }

    private static byte @Nullable [] ofFile(Section element) {
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
        return secret;
    }

    private byte @Nullable [] ofVariable(Section element) {
        String name = element.text("env");
        String value = environment.get(name);
        if (value == null) {
            // Not repeated when it can be no name: somebody may have written the secret itself.
            String shown = VARIABLE.matcher(name).matches() ? "the variable " + name + " is not set" : "not a variable";
            element.problem("env", shown, "the name of a variable that holds the secret");
            return null;
        }
        return value.getBytes(StandardCharsets.UTF_8);
    }

    private static boolean isUsable(Section element, String key, byte[] secret) {
        if (secret.length < MIN_BYTES) {
            String wrong = "a secret of " + secret.length + (secret.length == 1 ? " byte" : " bytes");
            element.problem(key, wrong, "at least " + MIN_BYTES + " bytes; `secret` makes a good one");
            return false;
        }
        for (byte octet : secret) {
            if (octet <= ' ' || octet >= 0x7f) {
                element.problem(key, "a secret that fits in no header", "printable ASCII without spaces");
                return false;
            }
        }
        return true;
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
