package io.bedrockproxy.server.check;

import io.bedrockproxy.core.credentials.AssumedRole;
import io.bedrockproxy.core.credentials.CredentialsKey;
import io.bedrockproxy.server.config.RoleSettings;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One way in which a role is assumed.
 *
 * @param name as the configuration calls it
 * @param settings its part of the configuration
 * @param key everything that AssumeRole is asked with
 * @param before the role that it is chained from; null when a source assumes it
 */
record UsedRole(
        String name,
        RoleSettings settings,
        CredentialsKey key,
        @Nullable UsedRole before) {
    AssumedRole role() {
        return Objects.requireNonNull(key.role(), "role");
    }

    /** How many roles have to be assumed before. */
    int depth() {
        return before == null ? 0 : before.depth() + 1;
    }

    /** What its line is called: one role has several sessions when several clients share it. */
    String title() {
        return "role " + name + " as " + role().sessionName();
    }
}
