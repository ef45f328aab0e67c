package io.bedrockproxy.core.policy;

import static io.bedrockproxy.core.policy.PolicyText.BEDROCK;
import static io.bedrockproxy.core.policy.PolicyText.expanded;
import static io.bedrockproxy.core.policy.PolicyText.policy;
import static io.bedrockproxy.core.policy.PolicyText.statements;
import static org.assertj.core.api.Assertions.assertThat;

import io.bedrockproxy.core.rule.KnownOperations;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the operations of clients become. */
class IamPolicyTest {

    @ParameterizedTest
    @CsvSource({
        "InvokeModel, sagemaker:InvokeEndpoint",
        "ConverseStream, sagemaker:InvokeEndpoint sagemaker:InvokeEndpointWithResponseStream"
    })
    void callsEndpointsOfTheMarketplaceByWayOfBedrock(String operation, String actions) {
        String endpoint = "arn:aws:sagemaker:us-east-1:111122223333:endpoint/mine";

        assertThat(statements("aws", List.of(endpoint), operation))
                .contains(actions + " | " + endpoint + " | aws:CalledViaLast bedrock.amazonaws.com")
                .anyMatch(statement -> statement.contains("InvokeModel")
                        && statement.endsWith(BEDROCK + "*:*:marketplace/model-endpoint/all-access"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "InvokeModel; ApplyGuardrail InvokeModel InvokeTool RenderPrompt",
                "InvokeModelWithResponseStream;"
                        + " ApplyGuardrail InvokeModel InvokeModelWithResponseStream InvokeTool RenderPrompt",
                "ConverseStream; ApplyGuardrail InvokeModel InvokeModelWithResponseStream InvokeTool RenderPrompt",
                "CountTokens; CountTokens RenderPrompt",
                "ApplyGuardrail; ApplyGuardrail",
                "InvokeGuardrailChecks; InvokeGuardrailChecks",
                "StartAsyncInvoke; ApplyGuardrail InvokeModel InvokeTool RenderPrompt TagResource",
                "GetAsyncInvoke; GetAsyncInvoke",
                "List*; ListAsyncInvokes ListCustomModelDeployments ListCustomModels ListFoundationModels ListImportedModels"
                        + " ListInferenceProfiles ListMarketplaceModelEndpoints ListPromptRouters"
                        + " ListProvisionedModelThroughputs",
                "OpenAI.Models; ListFoundationModels",
                "OpenAI.Responses; ApplyGuardrail CancelInvoke DeleteInvoke GetInvoke InvokeModel"
                        + " InvokeModelWithResponseStream InvokeTool RenderPrompt",
                "Anthropic.Messages; ApplyGuardrail InvokeModel InvokeModelWithResponseStream InvokeTool RenderPrompt",
                "inference; ApplyGuardrail CancelInvoke CountTokens DeleteInvoke GetInvoke InvokeGuardrailChecks InvokeModel"
                        + " InvokeModelWithResponseStream InvokeTool ListFoundationModels RenderPrompt",
            })
    void allowsTheActionsOfOperationsAndThoseTheyDependOn(String operation, String actions) {
        assertThat(statements("aws", List.of("*"), operation).stream().filter(one -> !one.startsWith("sagemaker:")))
                .containsExactly(actions + " | *");
    }

    @Test
    void allowsSomethingForEveryOperation() {
        assertThat(KnownOperations.names())
                .allSatisfy(operation -> assertThat(statements("aws", List.of("meta.x"), operation))
                        .as("otherwise the session policy refuses what the proxy lets through")
                        .isNotEmpty());
    }

    @ParameterizedTest
    @CsvSource({
        "Mantle.Models, Get* List*",
        "Mantle.ChatCompletions, CreateInference Get* List*",
        "Mantle.Responses, CancelInference CreateInference DeleteInference Get* List*"
    })
    void knowsMantlesProjectsAndNoneOfItsModels(String operation, String actions) {
        String expected = String.join(
                " ",
                List.of(actions.split(" ")).stream()
                        .map(a -> "bedrock-mantle:" + a)
                        .toList());

        assertThat(statements("aws", List.of("openai.gpt-oss-20b"), operation))
                .containsExactly(expected + " | arn:aws:bedrock-mantle:*:*:project/*");
    }

    @Test
    void countsTokensWithoutAskingForTheProfile() {
        assertThat(statements("aws", List.of("us.meta.x"), "CountTokens"))
                .containsExactly("CountTokens | " + BEDROCK + "*:*:inference-profile/us.meta.x " + BEDROCK
                        + "*::foundation-model/*");
    }

    @Test
    void isOfThePartitionOfTheRole() {
        assertThat(statements("aws-us-gov", List.of("meta.x", "arn:*:bedrock:*:*:imported-model/x"), "Converse"))
                .contains("InvokeModel | arn:aws-us-gov:bedrock:*:*:imported-model/x"
                        + " arn:aws-us-gov:bedrock:*:*:inference-profile/*.meta.x"
                        + " arn:aws-us-gov:bedrock:*::foundation-model/meta.x");
        assertThat(statements("aws-cn", List.of("arn:aws:bedrock:*:*:imported-model/x"), "Converse"))
                .as("another partition's, which STS would not take")
                .containsExactly("ApplyGuardrail InvokeTool | *");
    }

    @Test
    void deniesEverythingWhenRulesAllowNothing() {
        assertThat(policy("aws", List.of("what?", "${aws:username}.x"), "CountTokens")
                        .compact())
                .isEqualTo("{\"Version\":\"2012-10-17\",\"Statement\":"
                        + "[{\"Effect\":\"Deny\",\"Action\":\"*\",\"Resource\":\"*\"}]}");
    }

    @Test
    void leavesOutWhatAnotherRuleCovers() {
        assertThat(statements("aws", List.of("meta.*", "meta.x", "us.meta.x"), "Converse"))
                .contains("InvokeModel | " + expanded("AC:inference-profile/*.meta.* FM:meta.*"));
    }

    @Test
    void allowsWhatSeveralClientsMay() {
        IamPolicy both = IamPolicy.ofIdentity(
                "aws",
                PolicyUses.ofClients(List.of(
                        ClientRules.of(List.of("meta.x"), List.of("Converse")),
                        ClientRules.of(List.of("meta.y"), List.of("CountTokens")))));

        assertThat(statements(both.compact()))
                .as("each its own operations on its own models")
                .contains(
                        "InvokeModel | " + expanded("AC:inference-profile/*.meta.x FM:meta.x"),
                        "CountTokens | " + expanded("AC:inference-profile/*.meta.y FM:meta.y"));
    }

    @Test
    void allowsTheNextRoleOfAChain() {
        String next = "arn:aws:iam::111122223333:role/next";

        assertThat(statements(IamPolicy.ofSession("aws", new PolicyUses(List.of(), Set.of(next)))
                        .compact()))
                .containsExactly("sts:AssumeRole sts:SetSourceIdentity sts:TagSession | " + next);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "Converse; kms:Decrypt s3:GetObject",
                "StartAsyncInvoke; kms:Decrypt kms:GenerateDataKey s3:GetObject s3:PutObject",
                "ApplyGuardrail; kms:Decrypt",
            })
    void letsBedrockUseFilesAndKeysForASession(String operation, String actions) {
        PolicyUses uses = PolicyUses.ofClients(List.of(ClientRules.of(List.of("meta.x"), List.of(operation))));

        assertThat(statements(IamPolicy.ofSession("aws", uses).compact()))
                .contains(actions + " | * | aws:ViaAWSService true");
        assertThat(IamPolicy.ofIdentity("aws", uses).compact())
                .as("but does not give that to a role")
                .doesNotContain("kms:", "s3:");
    }

    @Test
    void isSmallForAClientThatMayUseEveryModel() {
        PolicyUses uses = PolicyUses.ofClients(List.of(ClientRules.of(List.of("*"), List.of("*"))));

        assertThat(IamPolicy.ofSession("aws", uses).compact()).hasSizeLessThan(1500);
    }

    @Test
    void isTheSameTextForTheSameRules() {
        assertThat(policy("aws", List.of("b.x", "a.y"), "Converse", "InvokeModel")
                        .compact())
                .isEqualTo(policy("aws", List.of("a.y", "b.x"), "InvokeModel", "Converse")
                        .compact());
    }
}
