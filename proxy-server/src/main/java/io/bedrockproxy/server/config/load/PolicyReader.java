package io.bedrockproxy.server.config.load;

import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigParseOptions;
import com.typesafe.config.ConfigSyntax;
import io.bedrockproxy.core.policy.IamPolicy;
import io.bedrockproxy.server.config.ClientSettings;
import io.bedrockproxy.server.config.ProxyConfig;
import io.bedrockproxy.server.config.RoleSettings;
import io.bedrockproxy.server.config.RoleSettings.SessionPolicy;
import io.bedrockproxy.server.config.SessionPolicies;
import io.bedrockproxy.server.config.hocon.Section;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Collectors;

/** Reads {@code session-policy}: a word or a file. Holds files and what is generated against the limits of STS. */
final class PolicyReader {
    private static final String KEY = "session-policy";
    private static final int MAX_CHARACTERS = IamPolicy.MAX_SESSION_POLICY_CHARACTERS;

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

    /**
     * Notes a generated policy that STS would not take.
     *
     * @param root the whole configuration
     * @param config what was read from it, without a problem so far
     */
    static void checkSizes(Section root, ProxyConfig config) {
        Map<String, Section> sections = root.named("roles");
        SessionPolicies policies = SessionPolicies.of(config.roles(), config.clients());
        policies.uses().forEach((chain, use) -> {
            String role = chain.get(0).role();
            RoleSettings settings = config.roles().get(role);
            Section section = sections.get(role);
            if (section == null || settings == null || !(settings.sessionPolicy() instanceof SessionPolicy.Generated)) {
                return;
            }
            int length = policies.generated(chain).compact().length();
            if (length > MAX_CHARACTERS) {
                String patterns = use.clients().stream()
                        .map(client -> patterns(client, config))
                        .collect(Collectors.joining(", "));
                section.problem(
                        KEY,
                        "generated, " + length + " characters, from " + patterns,
                        "at most " + MAX_CHARACTERS + ": fewer or shorter patterns there"
                                + (use.clients().size() > 1 ? ", a session-name with {client}" : "")
                                + ", none, or the path of a JSON file");
            }
        });
    }

    private static String patterns(String client, ProxyConfig config) {
        ClientSettings settings = config.clients().get(client);
        int count = settings == null ? 0 : settings.models().size();
        return "clients." + client + ".models with " + count + (count == 1 ? " pattern" : " patterns");
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
