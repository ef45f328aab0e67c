package io.bedrockproxy.emulator.iam;

import java.util.List;

/** A policy document that was read; says what it thinks of a request. Immutable. */
public final class PolicyDocument {
    private final List<Statement> statements;

    PolicyDocument(List<Statement> statements) {
        this.statements = List.copyOf(statements);
    }

    /** Reads a permissions policy or a session policy; throws when IAM would not take it. */
    public static PolicyDocument permissions(String json) throws MalformedPolicyException {
        return new PolicyReader(false).read(json);
    }

    /** Reads a role's trust policy; throws when IAM would not take it. */
    public static PolicyDocument trust(String json) throws MalformedPolicyException {
        return new PolicyReader(true).read(json);
    }

    /** A denial beats any permission; what nothing is about is denied. */
    public Decision decide(AccessRequest request) {
        boolean allowed = false;
        for (Statement statement : statements) {
            if (statement.isAbout(request)) {
                if (statement.denies()) {
                    return Decision.EXPLICITLY_DENIED;
                }
                allowed = true;
            }
        }
        return allowed ? Decision.ALLOWED : Decision.IMPLICITLY_DENIED;
    }

    /** Shorthand for a decision of {@link Decision#ALLOWED}. */
    public boolean allows(AccessRequest request) {
        return decide(request) == Decision.ALLOWED;
    }
}
