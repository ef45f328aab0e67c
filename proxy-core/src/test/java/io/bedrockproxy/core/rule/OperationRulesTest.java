package io.bedrockproxy.core.rule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OperationRulesTest {
    @ParameterizedTest
    @CsvSource({
        "inference, Converse, inference, true",
        "inference, StartAsyncInvoke, async, false",
        "async, StartAsyncInvoke, async, true",
        "discovery, ListFoundationModels, discovery, true",
        "mantle, Mantle.Messages, mantle, true",
        "mantle, Converse, inference, false",
        "Converse, Converse, inference, true",
        "Converse, ConverseStream, inference, false",
        "Converse*, ConverseStream, inference, true",
        "InvokeModel*, InvokeModelWithResponseStream, inference, true",
        "InvokeModel*, InvokeGuardrailChecks, inference, false",
        "OpenAI.*, OpenAI.Responses, inference, true",
        "OpenAI.*, Anthropic.Messages, inference, false",
        "Mantle.*, Mantle.Messages, mantle, true",
        "*, StartAsyncInvoke, async, true"
    })
    void allowsByNameGlobAndGroup(String rule, String operation, String group, boolean expected) {
        assertThat(new OperationRules(List.of(rule)).allows(operation, group)).isEqualTo(expected);
    }

    @Test
    void allowsWhatOneOfSeveralRulesAllows() {
        OperationRules rules = new OperationRules(List.of("discovery", "Converse", "Count*"));
        assertThat(rules.allows("ListFoundationModels", "discovery")).isTrue();
        assertThat(rules.allows("Converse", "inference")).isTrue();
        assertThat(rules.allows("CountTokens", "inference")).isTrue();
        assertThat(rules.allows("InvokeModel", "inference")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"converse", "Inference", "InvokeModell", "Foo*", "Mantle", "", "bedrock:InvokeModel"})
    void refusesARuleThatCouldNeverAllowAnything(String rule) {
        assertThatThrownBy(() -> new OperationRules(List.of("inference", rule)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("operations: " + rule);
    }

    @Test
    void needsARule() {
        assertThatThrownBy(() -> new OperationRules(List.of())).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void knowsEachNameOnceAndItsGroup() {
        assertThat(KnownOperations.groups()).containsExactly("async", "discovery", "inference", "mantle");
        assertThat(KnownOperations.names()).doesNotHaveDuplicates().contains("Converse", "ListAsyncInvokes");
        assertThat(KnownOperations.ofGroup("async")).contains("GetAsyncInvoke").doesNotContain("Converse");
        assertThat(KnownOperations.ofGroup("other")).isEmpty();
    }
}
