package io.bedrockproxy.server.config.load;

import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigParseOptions;
import com.typesafe.config.ConfigSyntax;
import io.bedrockproxy.server.config.RoleSettings.SessionPolicy;
import io.bedrockproxy.server.config.hocon.Section;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** Reads {@code session-policy}: a word or a file. */
final class PolicyReader {
    private static final String KEY = "session-policy";
    /** STS's limit on the plain text of a session policy. */
    private static final int MAX_CHARACTERS = 2048;

    private PolicyReader() {}

    static SessionPolicy sessionPolicy(Section section) {
        String word = section.text(KEY);
        return switch (word) {
            case "generated", "" -> new SessionPolicy.Generated();
            case "none" -> new SessionPolicy.None();
            default -> custom(section, word);
        };
    }

    private static SessionPolicy custom(Section section, String name) {
        if (!name.contains("/") && !name.contains(".") && !name.contains("\\")) {
            section.problem(KEY, "\"" + name + "\"", "generated, none, or the path of a JSON file");
            return new SessionPolicy.None();
        }
        byte[] content = Readers.content(section, KEY, name);
        if (content == null) {
            return new SessionPolicy.None();
        }
        String json = new String(content, StandardCharsets.UTF_8).strip();
        if (!isJsonObject(json)) {
            section.problem(KEY, name + " holds no JSON object", "an IAM policy in JSON");
        }
        if (json.length() > MAX_CHARACTERS) {
            section.problem(KEY, name + " has " + json.length() + " characters", "at most " + MAX_CHARACTERS);
        }
        return new SessionPolicy.Custom(Path.of(name), json);
    }

    private static boolean isJsonObject(String text) {
        try {
            return !ConfigFactory.parseString(
                            text, ConfigParseOptions.defaults().setSyntax(ConfigSyntax.JSON))
                    .isEmpty();
        } catch (com.typesafe.config.ConfigException e) {
            return false;
        }
    }
}
