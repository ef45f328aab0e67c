package io.bedrockproxy.server.config;

import io.bedrockproxy.core.policy.ClientRules;
import io.bedrockproxy.core.policy.IamPolicy;
import io.bedrockproxy.core.policy.PolicyUses;
import io.bedrockproxy.server.config.RoleSettings.SessionPolicy;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The session policies of all clients. Each session is narrowed to what it is used for: by default that is one client, as
 * its name is the session's, and so its rules alone. Clients that share a session, because the role gives it a fixed name,
 * share the union of their rules. A session that only leads to another role may assume that role and nothing else.
 */
public final class SessionPolicies {
    private final Map<String, RoleSettings> roles;
    private final Map<List<RoleSession>, Use> uses;

    /**
     * What one session is for.
     *
     * @param clients the names of the clients whose requests it signs, in the order of the configuration
     * @param ways the names of the clients for whom another role is assumed with it
     * @param uses what it has to be able to do
     */
    public record Use(Set<String> clients, Set<String> ways, PolicyUses uses) {
        /** Copies, and keeps the order. */
        public Use {
            clients = Collections.unmodifiableSet(new LinkedHashSet<>(clients));
            ways = Collections.unmodifiableSet(new LinkedHashSet<>(ways));
        }

        private Use with(Use other) {
            Set<String> allClients = new LinkedHashSet<>(clients);
            allClients.addAll(other.clients);
            Set<String> allWays = new LinkedHashSet<>(ways);
            allWays.addAll(other.ways);
            List<ClientRules> rules = new ArrayList<>(uses.clients());
            rules.addAll(other.uses.clients());
            Set<String> next = new LinkedHashSet<>(uses.roles());
            next.addAll(other.uses.roles());
            return new Use(allClients, allWays, new PolicyUses(rules, next));
        }
    }

    private SessionPolicies(Map<String, RoleSettings> roles, Map<List<RoleSession>, Use> uses) {
        this.roles = roles;
        this.uses = uses;
    }

    /** Of a configuration that is right in itself: every role exists and no chain is a loop. */
    public static SessionPolicies of(Map<String, RoleSettings> roles, Map<String, ClientSettings> clients) {
        Map<List<RoleSession>, Use> uses = new LinkedHashMap<>();
        clients.forEach((name, client) -> {
            String role = client.role();
            if (role == null) {
                return;
            }
            List<RoleSession> chain = RoleSession.chain(roles, role, name);
            ClientRules rules = ClientRules.of(client.models(), client.operations());
            add(uses, chain, new Use(Set.of(name), Set.of(), PolicyUses.ofClients(List.of(rules))));
            for (int i = 1; i < chain.size(); i++) {
                String next = settings(roles, chain.get(i - 1)).roleArn();
                add(
                        uses,
                        chain.subList(i, chain.size()),
                        new Use(Set.of(), Set.of(name), new PolicyUses(List.of(), Set.of(next))));
            }
        });
        return new SessionPolicies(roles, uses);
    }

    private static void add(Map<List<RoleSession>, Use> uses, List<RoleSession> session, Use use) {
        uses.merge(List.copyOf(session), use, Use::with);
    }

    private static RoleSettings settings(Map<String, RoleSettings> roles, RoleSession session) {
        return Objects.requireNonNull(roles.get(session.role()), session.role());
    }

    /** What each session is for: the first of a list is the session, the others are those that it is chained from. */
    public Map<List<RoleSession>, Use> uses() {
        return Collections.unmodifiableMap(uses);
    }

    /**
     * What AssumeRole is sent for a session.
     *
     * @param session as in {@link #uses()}
     * @return a policy document, or null for none
     */
    public @Nullable String json(List<RoleSession> session) {
        SessionPolicy policy = settings(roles, session.get(0)).sessionPolicy();
        if (policy instanceof SessionPolicy.Custom custom) {
            return custom.json();
        }
        return policy instanceof SessionPolicy.None ? null : generated(session).compact();
    }

    /** What is generated for a session, whether or not its role wants it. */
    public IamPolicy generated(List<RoleSession> session) {
        Use use = Objects.requireNonNull(uses.get(session), "use");
        String partition = settings(roles, session.get(0)).roleArn().split(":", -1)[1];
        return IamPolicy.ofSession(partition, use.uses());
    }
}
