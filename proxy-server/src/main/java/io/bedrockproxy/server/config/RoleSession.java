package io.bedrockproxy.server.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Which session of a role a client's requests are signed with, or the next role is assumed with. Equal ones of one chain
 * are one session, whoever uses it.
 *
 * @param role the name of the role
 * @param name the session's
 * @param tags the session's
 * @param sourceIdentity who acts, or null
 */
public record RoleSession(
        String role,
        String name,
        Map<String, String> tags,
        @Nullable String sourceIdentity) {
    /** What stands for the client's name in session names, tags and source identities. */
    private static final String CLIENT = "{client}";

    /** Copies the tags. */
    public RoleSession {
        Objects.requireNonNull(name, "name");
        tags = Map.copyOf(tags);
    }

    /**
     * The session of a client's role and then those that it is chained from, the one that is assumed first at the end.
     *
     * @param roles all roles; without a loop
     * @param role the name of the client's
     * @param client the client's name
     */
    public static List<RoleSession> chain(Map<String, RoleSettings> roles, String role, String client) {
        List<RoleSession> chain = new ArrayList<>();
        for (SourceRef next = new SourceRef.Role(role); next instanceof SourceRef.Role chained; ) {
            RoleSettings settings = Objects.requireNonNull(roles.get(chained.name()), chained.name());
            chain.add(of(chained.name(), settings, client));
            next = settings.source();
        }
        return List.copyOf(chain);
    }

    private static RoleSession of(String role, RoleSettings settings, String client) {
        String template = Objects.requireNonNullElse(settings.sessionName(), CLIENT);
        Map<String, String> tags = new TreeMap<>();
        settings.sessionTags().forEach((key, value) -> tags.put(key, filled(value, client)));
        String identity = settings.sourceIdentity();
        return new RoleSession(
                role,
                SessionNames.from(filled(template, client)),
                tags,
                identity == null ? null : SessionNames.from(filled(identity, client)));
    }

    private static String filled(String template, String client) {
        return template.replace(CLIENT, client);
    }
}
