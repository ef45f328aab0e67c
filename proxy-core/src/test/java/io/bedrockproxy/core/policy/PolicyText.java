package io.bedrockproxy.core.policy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.List;

/** Policies in short: each statement as {@code actions | resources [| key values]}, without {@code bedrock:}. */
final class PolicyText {
    static final String BEDROCK = "arn:aws:bedrock:";
    private static final ObjectMapper JSON = new ObjectMapper();

    private PolicyText() {}

    static IamPolicy policy(String partition, List<String> models, String... operations) {
        return IamPolicy.ofIdentity(
                partition, PolicyUses.ofClients(List.of(ClientRules.of(models, List.of(operations)))));
    }

    static List<String> statements(String partition, List<String> models, String... operations) {
        IamPolicy policy = policy(partition, models, operations);
        assertThat(statements(policy.pretty())).isEqualTo(statements(policy.compact()));
        return statements(policy.compact());
    }

    static List<String> statements(String json) {
        List<String> statements = new ArrayList<>();
        for (JsonNode statement : tree(json).path("Statement")) {
            assertThat(statement.path("Effect").asText()).isEqualTo("Allow");
            StringBuilder text = new StringBuilder(
                            joined(statement.path("Action")).replace("bedrock:", ""))
                    .append(" | ")
                    .append(joined(statement.path("Resource")));
            statement
                    .path("Condition")
                    .forEach(keys -> keys.properties()
                            .forEach(key -> text.append(" | ")
                                    .append(key.getKey().replace("bedrock:", ""))
                                    .append(' ')
                                    .append(joined(key.getValue()))));
            statements.add(text.toString());
        }
        return statements;
    }

    static JsonNode tree(String json) {
        try {
            return JSON.readTree(json);
        } catch (JsonProcessingException e) {
            throw new AssertionError(json, e);
        }
    }

    static String joined(JsonNode values) {
        if (values.isTextual()) {
            return values.asText();
        }
        List<String> texts = new ArrayList<>();
        values.forEach(value -> texts.add(value.asText()));
        return String.join(" ", texts);
    }

    static String expanded(String resources) {
        return List.of(resources.split(" ")).stream()
                .map(one -> one.replaceFirst("^FM:", BEDROCK + "*::foundation-model/")
                        .replaceFirst("^AC:", BEDROCK + "*:*:")
                        .replaceFirst("^=", BEDROCK))
                .sorted()
                .reduce((a, b) -> a + ' ' + b)
                .orElse("");
    }
}
