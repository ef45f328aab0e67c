package io.bedrockproxy.core.credentials;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What makes two clients share credentials: everything that AssumeRole is asked with and the source that asks. Equal keys
 * have one refresher, different ones never see each other's credentials.
 *
 * @param role the role to assume; null: sign with the source directly
 * @param source who assumes it
 */
public record CredentialsKey(@Nullable AssumedRole role, SourceConfig source) {
    /** Refuses a missing source. */
    public CredentialsKey {
        Objects.requireNonNull(source, "source");
        if (role == null && source instanceof SourceConfig.RoleSession) {
            throw new IllegalArgumentException("source: " + source.label() + " (expected: a role to assume with it)");
        }
    }

    /** Credentials of a role. */
    public static CredentialsKey assume(AssumedRole role, SourceConfig source) {
        return new CredentialsKey(Objects.requireNonNull(role, "role"), source);
    }

    /** The source's own credentials. */
    public static CredentialsKey direct(SourceConfig source) {
        return new CredentialsKey(null, source);
    }

    /** The credentials that the role of this key is assumed with, where these are another role's; else null. */
    public @Nullable CredentialsKey before() {
        return source instanceof SourceConfig.RoleSession session ? assume(session.role(), session.source()) : null;
    }

    /** What to call these credentials in logs and reports; not secret. */
    public String label() {
        return role == null ? "source " + source.label() : role.roleArn() + " as " + role.sessionName();
    }
}
