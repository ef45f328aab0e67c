package io.bedrockproxy.server.config.load;

import io.bedrockproxy.server.config.ClientSettings;
import io.bedrockproxy.server.config.RoleSettings;
import io.bedrockproxy.server.config.SourceRef;
import io.bedrockproxy.server.config.hocon.Section;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Fills the name of each client into the templates of its role and of the roles before that one, and refuses what then is
 * longer than STS takes. Cut off, two clients could have one session name, and CloudTrail could not tell them apart.
 */
final class TemplateCheck {
    private static final String CLIENT = "{client}";
    private static final int MAX_NAME = 64;
    private static final int MAX_TAG_VALUE = 256;

    private final Map<String, Section> sections;
    private final Map<String, RoleSettings> roles;

    /** @param sections of {@code roles}, by name */
    TemplateCheck(Map<String, Section> sections, Map<String, RoleSettings> roles) {
        this.sections = sections;
        this.roles = roles;
    }

    void check(Map<String, ClientSettings> clients) {
        clients.forEach((name, client) -> {
            Set<String> seen = new HashSet<>();
            String next = client.role();
            while (next != null && seen.add(next)) {
                next = check(next, name);
            }
        });
    }

    /** Checks one role; returns the one before it, if there is one. */
    private @Nullable String check(String name, String client) {
        RoleSettings role = roles.get(name);
        Section section = sections.get(name);
        if (role == null || section == null) {
            return null;
        }
        check(section, "session-name", role.sessionName(), client, MAX_NAME);
        check(section, "source-identity", role.sourceIdentity(), client, MAX_NAME);
        role.sessionTags()
                .forEach((key, value) -> check(section, "session-tags.\"" + key + '"', value, client, MAX_TAG_VALUE));
        return role.source() instanceof SourceRef.Role before ? before.name() : null;
    }

    private static void check(Section section, String key, @Nullable String template, String client, int longest) {
        // What is too long without a client's name has been told already.
        if (template == null || !template.contains(CLIENT)) {
            return;
        }
        int length = template.replace(CLIENT, client).length();
        if (length > longest) {
            section.problem(
                    key,
                    length + " characters with the name of client " + client,
                    "at most " + longest + " characters for each client of the role");
        }
    }
}
