package io.bedrockproxy.core.policy;

import io.bedrockproxy.core.policy.Statements.Condition;
import io.bedrockproxy.core.policy.Statements.Statement;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * A policy document that allows what the rules of some clients allow, and every dependent action that AWS checks for it.
 * Never less than the proxy lets through; more only where IAM cannot say it (docs/IAM.md lists where). Immutable; equal
 * rules give equal texts.
 */
public final class IamPolicy {
    /** STS's limit on the plain text of a session policy (API reference of AssumeRole). */
    public static final int MAX_SESSION_POLICY_CHARACTERS = 2048;

    private static final List<String> ASSUME = List.of("sts:AssumeRole", "sts:SetSourceIdentity", "sts:TagSession");

    private final List<Statement> statements;

    private IamPolicy(Statements statements) {
        this.statements = statements.all();
    }

    /**
     * For a session. It gives nothing that the role itself has not, so it also lets through what Bedrock does on its
     * caller's behalf in S3 and KMS when a request names a file or something is encrypted with a key of one's own.
     *
     * @param partition that of the role's ARN
     */
    public static IamPolicy ofSession(String partition, PolicyUses uses) {
        Statements statements = allowing(partition, uses);
        for (ClientRules client : uses.clients()) {
            for (String operation : client.operations()) {
                OperationActions.onBehalf(operation)
                        .forEach(action -> statements.allow(action, "*", Condition.VIA_SERVICE, "true"));
            }
        }
        return new IamPolicy(statements);
    }

    /**
     * For a role, or for whoever signs without one.
     *
     * @param partition that of its ARN
     */
    public static IamPolicy ofIdentity(String partition, PolicyUses uses) {
        return new IamPolicy(allowing(partition, uses));
    }

    /** Whether a rule about models may fit ARNs of every kind, so that a policy allows every model for it. */
    public static boolean allowsEveryModel(String glob) {
        return ModelGrants.mayBeAnyArn(glob);
    }

    private static Statements allowing(String partition, PolicyUses uses) {
        Statements statements = new Statements();
        Arns arns = new Arns(partition);
        uses.clients().forEach(client -> add(client, arns, statements));
        uses.roles().forEach(role -> ASSUME.forEach(action -> statements.allow(action, role)));
        return statements;
    }

    private static void add(ClientRules client, Arns arns, Statements statements) {
        Set<String> onModels = new TreeSet<>();
        for (String operation : client.operations()) {
            onModels.addAll(OperationActions.onModels(operation));
            OperationActions.onAnything(operation).forEach(action -> statements.allow(action, "*"));
            OperationActions.onProjects(operation).forEach(action -> statements.allow(action, arns.mantleProject("*")));
        }
        if (!onModels.isEmpty()) {
            ModelGrants grants = new ModelGrants(arns, new ActionsOnModels(arns, onModels, statements));
            client.models().forEach(grants::add);
        }
    }

    /** Without a superfluous character, for STS. */
    public String compact() {
        return PolicyJson.compact(this::write);
    }

    /** For people to read and to paste. */
    public String pretty() {
        return PolicyJson.pretty(this::write);
    }

    private void write(PolicyJson json) {
        if (statements.isEmpty()) {
            // A document without a statement is none.
            json.statement("Deny", Map.of(), List.of("*"), List.of("*"), Map.of());
        }
        for (Statement statement : statements) {
            json.statement(
                    "Allow",
                    Map.of(),
                    statement.actions(),
                    statement.resources(),
                    statement
                            .condition()
                            .map(c -> Map.of(c.operator, Map.of(c.key, statement.values())))
                            .orElse(Map.of()));
        }
    }

    /**
     * Allows some actions on the models that rules lead to.
     *
     * @param arns the partition's
     * @param actions those on models
     * @param statements takes what is allowed
     */
    private record ActionsOnModels(Arns arns, Set<String> actions, Statements statements) implements ModelSink {
        @Override
        public void model(String resource) {
            actions.forEach(action -> statements.allow(action, resource));
        }

        @Override
        public void modelsBehind(String profile) {
            String models = arns.foundationModel("*");
            for (String action : actions) {
                if (action.equals(OperationActions.COUNT)) {
                    // Nobody says that the key comes with it, and counting costs nothing.
                    statements.allow(action, models);
                } else {
                    statements.allow(action, models, Condition.VIA_PROFILE, profile);
                }
            }
        }

        @Override
        public void prompt(String resource) {
            statements.allow("bedrock:RenderPrompt", resource);
        }

        @Override
        public void endpoint(String resource) {
            OperationActions.onEndpoints(actions)
                    .forEach(action ->
                            statements.allow(action, resource, Condition.VIA_BEDROCK, "bedrock.amazonaws.com"));
        }
    }
}
