package io.bedrockproxy.core.policy;

import static io.bedrockproxy.core.policy.PolicyText.BEDROCK;
import static io.bedrockproxy.core.policy.PolicyText.expanded;
import static io.bedrockproxy.core.policy.PolicyText.statements;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What each rule about models becomes. */
class ModelGrantsTest {
    /** {@code FM} stands for the foundation models of all regions, {@code AC} for what is of an account. */
    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = ';',
            value = {
                // Ids: the model, and its profiles in all geographies.
                "anthropic.claude-3-haiku-20240307-v1:0; FM:anthropic.claude-3-haiku-20240307-v1:0"
                        + " AC:inference-profile/*.anthropic.claude-3-haiku-20240307-v1:0; ",
                "amazon.nova-*; FM:amazon.nova-* AC:inference-profile/*.amazon.nova-*; ",
                "zai.glm-4.7; FM:zai.glm-4.7 AC:inference-profile/*.zai.glm-4.7; ",
                // With a geography: that profile, and models by way of it only.
                "us.anthropic.claude-*; AC:inference-profile/us.anthropic.claude-*; AC:inference-profile/us.anthropic.claude-*",
                "us-gov.anthropic.*; AC:inference-profile/us-gov.anthropic.*; AC:inference-profile/us-gov.anthropic.*",
                "apac.*; AC:inference-profile/apac.*; AC:inference-profile/apac.*",
                "global.anthropic.x; AC:inference-profile/global.anthropic.x; AC:inference-profile/global.anthropic.x",
                "us*.meta.*; FM:us*.meta.* AC:inference-profile/*.us*.meta.* AC:inference-profile/us*.meta.*;"
                        + " AC:inference-profile/us*.meta.*",
                // Without a dot: the name of anything.
                "emulator0001; AC:*/emulator0001 AC:inference-profile/*; AC:application-inference-profile/emulator0001",
                "anthropic*; AC:*/anthropic* AC:inference-profile/*; AC:application-inference-profile/anthropic*",
                // ARNs.
                "arn:aws:bedrock:us-east-1::foundation-model/meta.*; =us-east-1::foundation-model/meta.*; ",
                "arn:aws:bedrock:us-east-1:111122223333:inference-profile/eu.meta.x;"
                        + " =us-east-1:111122223333:inference-profile/eu.meta.x;"
                        + " =us-east-1:111122223333:inference-profile/eu.meta.x",
                "arn:aws:bedrock:*:*:application-inference-profile/ab12;"
                        + " =*:*:application-inference-profile/ab12 AC:inference-profile/*;"
                        + " =*:*:application-inference-profile/ab12",
                "arn:aws:bedrock:*:111122223333:provisioned-model/x; =*:111122223333:provisioned-model/x; ",
                "arn:aws:bedrock:*:111122223333:custom-model/a.b/x; =*:111122223333:custom-model/a.b/x; ",
                "arn:aws:bedrock:*:111122223333:custom-model-deployment/x; =*:111122223333:custom-model-deployment/x; ",
                "arn:aws:bedrock:*:111122223333:imported-model/x; =*:111122223333:imported-model/x; ",
                "arn:aws:bedrock:*:111122223333:prompt-router/x;"
                        + " =*:111122223333:prompt-router/x FM:* AC:inference-profile/*; ",
                "arn:aws:bedrock:*:*:default-prompt-router/meta.llama:1;"
                        + " =*:*:default-prompt-router/meta.llama:1 FM:* AC:inference-profile/*; ",
                "arn:*:bedrock:*::foundation-model/meta.x; =*::foundation-model/meta.x; ",
            })
    void namesModelsAndTheModelsBehindThem(String rule, String resources, String via) {
        List<String> expected = new ArrayList<>();
        expected.add("ApplyGuardrail InvokeTool | *");
        expected.add("InvokeModel | " + expanded(resources));
        if (via != null) {
            expected.add("InvokeModel | " + BEDROCK + "*::foundation-model/* | InferenceProfileArn " + expanded(via));
        }

        assertThat(statements("aws", List.of(rule), "Converse")).containsExactlyInAnyOrderElementsOf(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "*",
                "*claude*",
                "*.anthropic.x",
                "a*",
                "arn:*",
                "arn:aws:*:x/y",
                "arn:aws:bedrock:us-east-1:*",
                "arn:aws:bedrock:*:*:*",
                "arn:aws:bedrock:*:*:p*/x",
                "arn:aws:*:us-east-1:111122223333:endpoint/x"
            })
    void allowsEverythingWhereAnArnOfAnyKindMayFit(String rule) {
        assertThat(statements("aws", List.of(rule, "meta.x"), "InvokeModel"))
                .containsExactlyInAnyOrder(
                        "ApplyGuardrail InvokeModel InvokeTool RenderPrompt | *",
                        "sagemaker:InvokeEndpoint | arn:aws:sagemaker:*:*:endpoint/* | aws:CalledViaLast"
                                + " bedrock.amazonaws.com");
    }

    @Test
    void rendersPromptsWhoseModelNobodyKnows() {
        String prompt = "arn:aws:bedrock:us-east-1:111122223333:prompt/ABCDEFGHIJ:1";

        assertThat(statements("aws", List.of(prompt), "Converse"))
                .containsExactlyInAnyOrder("ApplyGuardrail InvokeModel InvokeTool | *", "RenderPrompt | " + prompt);
    }
}
