package io.bedrockproxy.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.bedrockproxy.emulator.Emulator;
import io.bedrockproxy.emulator.EmulatorConfig;
import io.bedrockproxy.emulator.recording.RecordedRequest;
import io.bedrockproxy.emulator.signature.RoleSession;
import io.bedrockproxy.emulator.signature.Verdict;
import java.net.http.HttpResponse;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.services.sts.model.Credentials;

/** A client without a role: its requests are signed with the source's own credentials, and STS is never asked. */
@ExtendWith(LeakCheck.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class NoRoleIT {
    private static final String ROLE_ARN = "arn:aws:iam::000000000000:role/elsewhere";

    /** Stands for AWS; outlives the proxies, so that a session can be had before one starts. */
    @AutoClose
    private final Emulator aws = Emulator.start(EmulatorConfig.defaults());

    @Test
    void keysWithoutATokenSignWithoutOne() {
        try (LocalProxy proxy = withSource("emulator", "")) {
            RecordedRequest arrived = served(proxy);
            assertThat(arrived.header("x-amz-security-token")).isNull();
            assertThat(keyOf(arrived)).isEqualTo(aws.accessKeyId());
        }
    }

    @Test
    void keysWithATokenSendIt() {
        Credentials session = assumed();
        try (LocalProxy proxy = withSource(
                "session",
                "sources.session { access-key-id = \"%s\", secret-access-key = \"%s\", session-token = \"%s\" }"
                        .formatted(session.accessKeyId(), session.secretAccessKey(), session.sessionToken()))) {
            RecordedRequest arrived = served(proxy);
            assertThat(arrived.header("x-amz-security-token")).isEqualTo(session.sessionToken());
            assertThat(arrived.header("authorization")).contains("x-amz-security-token");
            assertThat(arrived.session()).isEqualTo(new RoleSession(ROLE_ARN, "somebody"));
        }
    }

    @Test
    void theDefaultChainIsAskedWhenNoSourceIsNamed() {
        Map<String, String> properties =
                Map.of("aws.accessKeyId", aws.accessKeyId(), "aws.secretAccessKey", aws.secretAccessKey());
        properties.forEach(System::setProperty);
        try (LocalProxy proxy = withSource("default", "")) {
            RecordedRequest arrived = served(proxy);
            assertThat(arrived.header("x-amz-security-token")).isNull();
            assertThat(keyOf(arrived)).isEqualTo(aws.accessKeyId());
        } finally {
            properties.keySet().forEach(System::clearProperty);
        }
    }

    @Test
    void keysThatAwsDoesNotKnowAreItsOwnAnswer() {
        String unknown = "sources.unknown { access-key-id = AKIAUNKNOWN000000000, secret-access-key = \"nothing\" }";
        try (LocalProxy proxy = withSource("unknown", unknown)) {
            HttpResponse<String> answer = new Calls(proxy).converse();
            assertThat(answer.statusCode()).isEqualTo(403);
            assertThat(answer.headers().firstValue("x-amzn-errortype"))
                    .hasValueSatisfying(type -> assertThat(type).startsWith("UnrecognizedClientException"));
            assertThat(answer.headers().firstValue("x-bedrock-proxy-failure"))
                    .as("AWS said it, not the proxy")
                    .isEmpty();
        }
    }

    private LocalProxy withSource(String source, String more) {
        aws.recorder().clear();
        return LocalProxy.builder()
                .config(
                        "bedrock.endpoint = \"%s\"\nsts.endpoint = \"%s\"\nclients.test { role = null, source = %s }\n%s"
                                .formatted(aws.bedrockEndpoint(), aws.stsEndpoint(), source, more))
                .start();
    }

    /** The one request that arrives when one is made. */
    private RecordedRequest served(LocalProxy proxy) {
        Calls calls = new Calls(proxy);
        HttpResponse<String> answer = calls.converse();
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        await().until(calls::isReady);
        assertThat(aws.recorder().requestCount()).isEqualTo(1);
        assertThat(aws.recorder().stsCalls()).isEmpty();
        return aws.recorder().last();
    }

    private static String keyOf(RecordedRequest request) {
        return ((Verdict.Verified) request.verdict()).key().accessKeyId();
    }

    private Credentials assumed() {
        StaticCredentialsProvider source =
                StaticCredentialsProvider.create(AwsBasicCredentials.create(aws.accessKeyId(), aws.secretAccessKey()));
        try (StsClient sts = StsClient.builder()
                .region(Region.US_EAST_1)
                .endpointOverride(aws.stsEndpoint())
                .credentialsProvider(source)
                .build()) {
            return sts.assumeRole(r -> r.roleArn(ROLE_ARN).roleSessionName("somebody"))
                    .credentials();
        }
    }
}
