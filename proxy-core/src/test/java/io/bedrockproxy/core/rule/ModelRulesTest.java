package io.bedrockproxy.core.rule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ModelRulesTest {
    private static final String BEDROCK = "arn:aws:bedrock:us-east-1:123456789012:";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "anthropic.claude-3-haiku-20240307-v1:0",
                "us.anthropic.claude-3-haiku-20240307-v1:0",
                "eu.anthropic.claude-3-haiku-20240307-v1:0",
                "apac.anthropic.claude-3-haiku-20240307-v1:0",
                "global.anthropic.claude-3-haiku-20240307-v1:0",
                "us-gov.anthropic.claude-3-haiku-20240307-v1:0",
                "au.anthropic.claude-3-haiku-20240307-v1:0",
                "jp.anthropic.claude-3-haiku-20240307-v1:0",
                "ca.anthropic.claude-3-haiku-20240307-v1:0",
                "arn:aws:bedrock:us-east-1::foundation-model/anthropic.claude-3-haiku-20240307-v1:0",
                "arn:aws:bedrock:::foundation-model/anthropic.claude-3-haiku-20240307-v1:0",
                BEDROCK + "inference-profile/us.anthropic.claude-3-haiku-20240307-v1:0",
                BEDROCK + "inference-profile/global.anthropic.claude-3-haiku-20240307-v1:0",
                "arn:aws-us-gov:bedrock:us-gov-west-1:123456789012:inference-profile/"
                        + "us-gov.anthropic.claude-3-haiku-20240307-v1:0",
                "arn:aws-cn:bedrock:cn-north-1::foundation-model/anthropic.claude-3-haiku-20240307-v1:0"
            })
    void matchesEveryNameOfOneModel(String id) {
        assertThat(allows("anthropic.claude-3-haiku-20240307-v1:0", id)).isTrue();
        assertThat(allows("anthropic.*", id)).isTrue();
        assertThat(allows("amazon.*", id)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                BEDROCK + "application-inference-profile/anthropic.claude-1",
                BEDROCK + "provisioned-model/anthropic.claude-1",
                BEDROCK + "custom-model/anthropic.claude-1",
                BEDROCK + "custom-model/anthropic.claude-1:0:4k/abcdefghij12",
                BEDROCK + "custom-model-deployment/anthropic.claude-1",
                BEDROCK + "imported-model/anthropic.claude-1",
                BEDROCK + "prompt/anthropic.claude-1:1",
                BEDROCK + "prompt-router/anthropic.claude-1",
                BEDROCK + "default-prompt-router/anthropic.claude-1:1",
                "arn:aws:sagemaker:us-east-1:123456789012:endpoint/anthropic.claude-1",
                "arn:aws:sagemaker:us-east-1:123456789012:inference-profile/anthropic.claude-1",
                "arn:evil:bedrock:us-east-1::foundation-model/anthropic.claude-1",
                "arn:aws:bedrock:us-east-1:1:foundation-model/anthropic.claude-1",
                BEDROCK + "custom-model/x:foundation-model/anthropic.claude-1",
                BEDROCK + "foundation-model/x/anthropic.claude-1",
                BEDROCK + "foundation-model/x/foundation-model/anthropic.claude-1"
            })
    void leavesEveryOtherArnToARuleOfItsOwn(String id) {
        assertThat(allows("anthropic.*", id)).isFalse();
        assertThat(allows(id, id)).isTrue();
        assertThat(allows(id.substring(0, id.lastIndexOf('/')) + "/*", id)).isTrue();
        assertThat(allows("arn:*", id)).isTrue();
        assertThat(allows("*", id)).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "case counts, anthropic.claude-*, Anthropic.claude-3, false",
        "case of the rule counts, Anthropic.*, anthropic.claude-3, false",
        "geography in upper case, anthropic.*, US.anthropic.claude-3, false",
        "rule for one geography, us.anthropic.*, us.anthropic.claude-3, true",
        "rule for one geography is not for the next, us.anthropic.*, eu.anthropic.claude-3, false",
        "rule for one geography is not for none, us.anthropic.*, anthropic.claude-3, false",
        "one geography only, anthropic.*, us.eu.anthropic.claude-3, false",
        "what is no geography, anthropic.*, evil.anthropic.claude-3, false",
        "what is a geography without a dot, anthropic.*, usanthropic.claude-3, false",
        "a provider is no geography, glm-*, zai.glm-4.7, false",
        "a provider is kept, zai.*, zai.glm-4.7, true",
        "a provider of four letters, qwen.*, qwen.qwen3-32b-v1:0, true",
        "geography and provider, glm-*, us.zai.glm-4.7, false",
        "no provider behind it, gpt-*, us.gpt-4, false",
        "inner star, anthropic.claude-*-haiku-*, us.anthropic.claude-3-haiku-20240307-v1:0, true",
        "inner star of another family, anthropic.claude-*-haiku-*, us.anthropic.claude-3-opus-20240229-v1:0, false",
        "prefix is not enough, anthropic.claude-3, anthropic.claude-3-haiku, false",
        "dots are dots, anthropic.claude.3, anthropic.claude-3, false"
    })
    void readsNames(String name, String rule, String id, boolean expected) {
        assertThat(allows(rule, id)).as(name).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "whole ARN, arn:aws:bedrock:us-east-1::foundation-model/anthropic.*, true",
        "other region, arn:aws:bedrock:eu-west-1::foundation-model/anthropic.*, false",
        "any region, arn:aws:bedrock:*::foundation-model/anthropic.*, true",
        "half an ARN, arn:aws:bedrock:us-east-1, false"
    })
    void matchesRulesForArnsWithTheWholeId(String name, String rule, boolean expected) {
        assertThat(allows(rule, "arn:aws:bedrock:us-east-1::foundation-model/anthropic.claude-3"))
                .as(name)
                .isEqualTo(expected);
        assertThat(allows(rule, "anthropic.claude-3")).as("an id is no ARN").isFalse();
    }

    @Test
    void allowsWhatOneOfSeveralRulesAllows() {
        ModelRules rules = new ModelRules(List.of("amazon.nova-*", "anthropic.*"));
        assertThat(rules.allows("us.amazon.nova-lite-v1:0")).isTrue();
        assertThat(rules.allows("anthropic.claude-3")).isTrue();
        assertThat(rules.allows("meta.llama3-8b-instruct-v1:0")).isFalse();
        assertThat(rules.isEverything()).isFalse();
    }

    @Test
    void knowsThatAStarIsEverything() {
        assertThat(new ModelRules(List.of("amazon.*", "*")).isEverything()).isTrue();
        assertThat(allows("*", "anything")).isTrue();
    }

    @Test
    void needsARule() {
        assertThatThrownBy(() -> new ModelRules(List.of())).isInstanceOf(IllegalArgumentException.class);
    }

    private static boolean allows(String rule, String id) {
        return new ModelRules(List.of(rule)).allows(id);
    }
}
