package io.bedrockproxy.server.config.load;

import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigObject;
import io.bedrockproxy.core.auth.IssuedKey;
import io.bedrockproxy.core.sigv4.SecretAccessKey;
import io.bedrockproxy.server.config.hocon.Section;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** Reads {@code access-keys} of all clients; one object for each configuration, because no two may have an id. */
final class AccessKeyReader {
    private static final ConfigObject KEYS =
            ConfigFactory.parseString("id = null, secret = null").root();
    private static final ConfigObject SECRET_KEYS =
            ConfigFactory.parseString("file = null, env = null").root();

    /** AWS's own rule (iam:AccessKeyId). Some clients check it; what is not shown back cannot print what is no id. */
    private static final Pattern ID = Pattern.compile("\\w{16,128}");

    private final SecretReader secrets;
    private final Map<String, String> owners = new HashMap<>();

    AccessKeyReader(SecretReader secrets) {
        this.secrets = secrets;
    }

    /** @param name the client's */
    List<IssuedKey> accessKeys(String name, Section client) {
        List<IssuedKey> keys = new ArrayList<>();
        for (Section element : client.sections("access-keys", KEYS)) {
            String id = element.optionalText("id");
            if (id == null || !ID.matcher(id).matches()) {
                element.problem(
                        "id",
                        id == null ? "not set" : id.length() + " characters that are no id",
                        "16 to 128 letters, digits and _; `secret --access-key` makes one");
                continue;
            }
            String owner = owners.putIfAbsent(id, name);
            if (owner != null) {
                element.problem("id", id + " is an id of client " + owner + " too", "an id of its own");
            }
            byte[] secret = secrets.plain(element.section("secret", SECRET_KEYS), SECRET_KEYS);
            if (secret != null) {
                keys.add(new IssuedKey(id, SecretAccessKey.of(secret)));
                Arrays.fill(secret, (byte) 0);
            }
        }
        return keys;
    }
}
