package io.bedrockproxy.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.bedrockproxy.emulator.RawConnection.Response;
import io.bedrockproxy.emulator.recording.RecordedRequest;
import io.bedrockproxy.emulator.signature.SignedRequests;
import io.bedrockproxy.emulator.sts.RoleRule;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.services.sts.model.Tag;

/** What role sessions may do at Bedrock, and how AWS says no. */
@ExtendWith(LeakDetection.class)
class AccessTest {
    private static final String SESSION = "arn:aws:sts::123456789012:assumed-role/bedrock/tester";
    private static final String NOVA = "arn:aws:bedrock:us-east-1::foundation-model/amazon.nova-pro-v1:0";

    private final Emulator emulator = Emulator.start(EmulatorConfig.defaults().withPace(Duration.ofMillis(1)));
    private final RawConnection connection = new RawConnection(emulator);

    @AfterEach
    void stop() {
        connection.close();
        emulator.close();
    }

    private Response call(AwsSessionCredentials credentials, String method, String target) {
        SignedRequests signer = SignedRequests.bedrock(
                        emulator.bedrockEndpoint(),
                        "-",
                        "-",
                        InstantSource.system().instant())
                .session(credentials.accessKeyId(), credentials.secretAccessKey(), credentials.sessionToken());
        return connection
                .send(RawConnection.signed(signer, method, target, method.equals("GET") ? "" : "{}"))
                .read();
    }

    private Response converse(AwsSessionCredentials credentials, String model) {
        return call(credentials, "POST", "/model/" + model + "/converse");
    }

    private static String policy(String effect, String action, String resource) {
        return ("{'Version':'2012-10-17','Statement':[{'Effect':'Allow','Action':'*','Resource':'*'},{'Effect':'"
                        + effect + "','Action':'" + action + "','Resource':'" + resource + "'}]}")
                .replace('\'', '"');
    }

    private static String allow(String action, String... resources) {
        return ("{'Version':'2012-10-17','Statement':{'Effect':'Allow','Action':'" + action + "','Resource':['"
                        + String.join("','", resources) + "']}}")
                .replace('\'', '"');
    }

    private static void assertDenied(Response response, String reason) throws IOException {
        assertThat(response.status()).isEqualTo(403);
        assertThat(response.header("x-amzn-errortype")).startsWith("AccessDeniedException:");
        assertThat(new ObjectMapper().readTree(response.text()).path("Message").asText())
                .isEqualTo("User: " + SESSION + " is not authorized to perform: bedrock:InvokeModel on resource: "
                        + reason);
    }

    @Test
    void aSessionPolicyNarrowsTheSession() throws IOException {
        AwsSessionCredentials credentials =
                SdkClients.assumeRole(emulator, request -> request.policy(allow("bedrock:InvokeModel", NOVA)));

        assertThat(converse(credentials, "amazon.nova-pro-v1%3A0").status()).isEqualTo(200);
        assertDenied(
                converse(credentials, "amazon.nova-lite-v1%3A0"),
                "arn:aws:bedrock:us-east-1::foundation-model/amazon.nova-lite-v1:0"
                        + " because no session policy allows the bedrock:InvokeModel action");
        assertThat(call(credentials, "POST", "/model/amazon.nova-pro-v1%3A0/converse-stream")
                        .text())
                .contains("bedrock:InvokeModelWithResponseStream");
        RecordedRequest recorded = emulator.recorder().last();
        assertThat(recorded.verified()).isTrue();
        assertThat(recorded.status()).isEqualTo(403);
        assertThat(recorded.roleArn()).isEqualTo(SdkClients.ROLE);
        assertThat(recorded.sessionName()).isEqualTo("tester");
        assertThat(recorded.accessKeyId()).isEqualTo(credentials.accessKeyId());
    }

    @Test
    void aRolesPolicyIsAskedFirst() throws IOException {
        emulator.roles(
                List.of(RoleRule.of(SdkClients.ROLE, null).withPermissionsPolicy(allow("bedrock:CountTokens", "*"))));
        AwsSessionCredentials credentials =
                SdkClients.assumeRole(emulator, request -> request.policy(allow("bedrock:CountTokens", "*")));

        assertDenied(
                converse(credentials, "amazon.nova-pro-v1%3A0"),
                NOVA + " because no identity-based policy allows the bedrock:InvokeModel action");
        emulator.roles(List.of(
                RoleRule.of(SdkClients.ROLE, null).withPermissionsPolicy(policy("Deny", "bedrock:Invoke*", "*"))));
        assertDenied(
                converse(credentials, "amazon.nova-pro-v1%3A0"),
                NOVA + " with an explicit deny in an identity-based policy");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        arn:aws:bedrock:*:*:inference-profile/us.*  | arn:aws:bedrock:us-east-1::foundation-model/*  | us-east-2
        arn:aws:bedrock:*:*:inference-profile/us.*  | arn:aws:bedrock:*::foundation-model/*          |
        arn:aws:bedrock:*:*:inference-profile/eu.*  | arn:aws:bedrock:*::foundation-model/*          | inference-profile/us.amazon
        """)
    void aProfileNeedsItselfAndTheModelsBehindIt(String profile, String models, String lacking) {
        AwsSessionCredentials credentials = SdkClients.assumeRole(
                emulator, request -> request.policy(allow("bedrock:InvokeModel", profile, models)));

        Response response = converse(credentials, "us.amazon.nova-pro-v1%3A0");

        assertThat(response.status()).isEqualTo(lacking == null ? 200 : 403);
        if (lacking != null) {
            assertThat(response.text()).contains(lacking);
        }
    }

    @Test
    void sessionTagsAreConditionKeys() {
        String json = ("{'Version':'2012-10-17','Statement':{'Effect':'Allow','Action':'bedrock:*','Resource':'*',"
                        + "'Condition':{'StringEquals':{'aws:PrincipalTag/team':'red'}}}}")
                .replace('\'', '"');
        emulator.roles(List.of(RoleRule.of(SdkClients.ROLE, null).withPermissionsPolicy(json)));

        for (String team : List.of("red", "blue")) {
            AwsSessionCredentials credentials = SdkClients.assumeRole(
                    emulator,
                    request ->
                            request.tags(Tag.builder().key("team").value(team).build()));
            assertThat(converse(credentials, "amazon.nova-pro-v1%3A0").status())
                    .isEqualTo(team.equals("red") ? 200 : 403);
        }
    }

    @Test
    void discoveryShowsModelsAndProfiles() throws IOException {
        AwsSessionCredentials credentials = SdkClients.assumeRole(emulator, request -> {});
        JsonNode models = json(call(credentials, "GET", "/foundation-models?byProvider=Anthropic"));
        assertThat(models.path("modelSummaries")).hasSize(2);
        assertThat(models.at("/modelSummaries/0/modelArn").asText())
                .isEqualTo("arn:aws:bedrock:us-east-1::foundation-model/anthropic.claude-sonnet-4-5-20250929-v1:0");
        assertThat(json(call(credentials, "GET", "/foundation-models/amazon.nova-pro-v1%3A0"))
                        .at("/modelDetails/responseStreamingSupported")
                        .asBoolean())
                .isTrue();
        JsonNode page = json(call(credentials, "GET", "/inference-profiles?maxResults=2&type=SYSTEM_DEFINED"));
        assertThat(page.path("inferenceProfileSummaries")).hasSize(2);
        assertThat(page.at("/inferenceProfileSummaries/0/inferenceProfileArn").asText())
                .startsWith("arn:aws:bedrock:us-east-1:123456789012:inference-profile/us.anthropic.");
        assertThat(page.at("/inferenceProfileSummaries/0/models")).hasSize(3);
        JsonNode rest = json(call(
                credentials,
                "GET",
                "/inference-profiles?maxResults=1000&nextToken="
                        + page.path("nextToken").asText()));
        assertThat(rest.has("nextToken")).isFalse();
        assertThat(rest.path("inferenceProfileSummaries").size()).isGreaterThan(2);
        assertThat(json(call(credentials, "GET", "/inference-profiles/emulator0001"))
                        .path("type")
                        .asText())
                .isEqualTo("APPLICATION");
        assertThat(call(credentials, "GET", "/inference-profiles/us.none").status())
                .isEqualTo(404);
        assertThat(call(credentials, "GET", "/foundation-models/meta.none").status())
                .isEqualTo(404);
        assertThat(call(
                                SdkClients.assumeRole(emulator, one -> one.policy(allow("bedrock:InvokeModel", "*"))),
                                "GET",
                                "/foundation-models")
                        .text())
                .contains("bedrock:ListFoundationModels on resource: * because no session policy");
    }

    private static JsonNode json(Response response) throws IOException {
        assertThat(response.status()).isEqualTo(200);
        return new ObjectMapper().readTree(response.text());
    }

    @Test
    void refusesTheNextRequestsAsAsked() {
        AwsSessionCredentials credentials = SdkClients.assumeRole(emulator, request -> {});
        emulator.refuseNext(2, "UnrecognizedClientException");
        emulator.refuseNext(1, "RequestExpired");

        for (int i = 0; i < 2; i++) {
            Response response = converse(credentials, "amazon.nova-pro-v1%3A0");
            assertThat(response.status()).isEqualTo(403);
            assertThat(response.header("x-amzn-errortype"))
                    .isEqualTo("UnrecognizedClientException"
                            + ":http://internal.amazon.com/coral/com.amazon.coral.service/");
            assertThat(response.text())
                    .isEqualTo("{\"message\":\"The security token included in the request is invalid.\"}");
        }
        assertThat(converse(credentials, "amazon.nova-pro-v1%3A0").status()).isEqualTo(400);
        assertThat(converse(credentials, "amazon.nova-pro-v1%3A0").status()).isEqualTo(200);
    }

    @Test
    void expiresOneSessionAndNotAnother() {
        AwsSessionCredentials one = SdkClients.assumeRole(emulator, request -> {});
        AwsSessionCredentials two = SdkClients.assumeRole(emulator, request -> {});
        emulator.expireCredentials(one.accessKeyId());

        Response response = converse(one, "amazon.nova-pro-v1%3A0");

        assertThat(response.status()).isEqualTo(403);
        assertThat(response.header("x-amzn-errortype")).startsWith("ExpiredTokenException:");
        assertThat(emulator.recorder().last().accessKeyId()).isEqualTo(one.accessKeyId());
        assertThat(converse(two, "amazon.nova-pro-v1%3A0").status()).isEqualTo(200);
    }

    @Test
    void aClockThatIsWrongShowsInDateAndMessage() {
        AwsSessionCredentials credentials = SdkClients.assumeRole(emulator, request -> {});
        emulator.clockSkew(Duration.ofMinutes(6));
        Response late = converse(credentials, "amazon.nova-pro-v1%3A0");
        emulator.clockSkew(Duration.ofMinutes(-6));
        Response early = converse(credentials, "amazon.nova-pro-v1%3A0");

        assertThat(late.text())
                .matches("\\{\"message\":\"Signature expired: \\d{8}T\\d{6}Z is now earlier than \\d{8}T\\d{6}Z"
                        + " \\(\\d{8}T\\d{6}Z - 5 min\\.\\)\"}");
        assertThat(early.text())
                .matches("\\{\"message\":\"Signature not yet current: \\d{8}T\\d{6}Z is still later than"
                        + " \\d{8}T\\d{6}Z \\(\\d{8}T\\d{6}Z \\+ 5 min\\.\\)\"}");
        assertThat(late.header("date")).isNotEqualTo(early.header("date"));
    }
}
