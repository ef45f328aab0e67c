package io.bedrockproxy.core.policy;

import java.util.Collection;
import java.util.List;
import java.util.Set;

/**
 * What a session or a role is used for.
 *
 * @param clients the rules of the clients whose requests it signs
 * @param roles the ARNs of the roles that are assumed with it
 */
public record PolicyUses(List<ClientRules> clients, Set<String> roles) {
    /** Copies. */
    public PolicyUses {
        clients = List.copyOf(clients);
        roles = Set.copyOf(roles);
    }

    /** For clients only. */
    public static PolicyUses ofClients(Collection<ClientRules> clients) {
        return new PolicyUses(List.copyOf(clients), Set.of());
    }
}
