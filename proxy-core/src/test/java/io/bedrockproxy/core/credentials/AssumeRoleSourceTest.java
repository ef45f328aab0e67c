package io.bedrockproxy.core.credentials;

import static org.assertj.core.api.Assertions.assertThat;

import io.bedrockproxy.core.endpoint.Endpoint;
import io.bedrockproxy.core.endpoint.EndpointConfig;
import io.bedrockproxy.core.endpoint.Endpoints;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import mockwebserver3.SocketEffect;
import mockwebserver3.junit5.StartStop;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AssumeRoleSourceTest {
    private static final String ARN = "arn:aws:iam::123456789012:role/bedrock";
    private static final SourceConfig.Static SOURCE = new SourceConfig.Static(
            "AKIASOURCE", "sourceSecretKey/0123456789abcdefghijklmn", "sourceToken/0123456789==");
    private static final String EXPIRATION = "2030-01-01T00:00:00Z";

    @StartStop
    private final MockWebServer sts = new MockWebServer();

    @Test
    void asksWithEverythingThatTheRoleNeeds() throws InterruptedException {
        sts.enqueue(StsAnswers.credentials(EXPIRATION));
        String policy = "{\"Version\":\"2012-10-17\",\"Statement\":[]}";
        AssumedRole role = new AssumedRole(
                ARN,
                "e/1:2",
                "s@1",
                Map.of("team", "a b"),
                "me",
                policy,
                Duration.ofMinutes(15),
                "eu-west-1",
                sts.url("/").uri());

        SourceAnswer answer = fetch(role);

        assertThat(answer).isInstanceOf(SourceAnswer.Fetched.class);
        RecordedRequest request = sts.takeRequest();
        assertThat(request.getRequestLine()).isEqualTo("POST / HTTP/1.1");
        assertThat(form(request))
                .isEqualTo(Map.ofEntries(
                        Map.entry("Action", "AssumeRole"),
                        Map.entry("Version", "2011-06-15"),
                        Map.entry("RoleArn", ARN),
                        Map.entry("RoleSessionName", "s@1"),
                        Map.entry("DurationSeconds", "900"),
                        Map.entry("ExternalId", "e/1:2"),
                        Map.entry("Policy", policy),
                        Map.entry("SourceIdentity", "me"),
                        Map.entry("Tags.member.1.Key", "team"),
                        Map.entry("Tags.member.1.Value", "a b")));
        assertThat(request.getHeaders().get("Authorization")).contains("AKIASOURCE/", "/eu-west-1/sts/aws4_request");
        assertThat(request.getHeaders().get("X-Amz-Security-Token")).isEqualTo(SOURCE.sessionToken());
    }

    @Test
    void asksWithNothingThatTheRoleDoesNotNeed() throws InterruptedException {
        sts.enqueue(StsAnswers.credentials(EXPIRATION));

        fetch(role());

        assertThat(form(sts.takeRequest()))
                .containsOnlyKeys("Action", "Version", "RoleArn", "RoleSessionName", "DurationSeconds");
    }

    @Test
    void returnsTheSession() {
        sts.enqueue(StsAnswers.credentials(EXPIRATION));

        SourceAnswer answer = fetch(role());

        assertThat(answer).isInstanceOfSatisfying(SourceAnswer.Fetched.class, fetched -> {
            SessionCredentials session = fetched.credentials();
            assertThat(session.accessKeyId()).isEqualTo("ASIASESSION");
            assertThat(session.secretAccessKey()).isEqualTo(StsAnswers.SECRET);
            assertThat(session.sessionToken()).isEqualTo(StsAnswers.TOKEN);
            assertThat(session.expiration()).isEqualTo(Instant.parse(EXPIRATION));
        });
    }

    @ParameterizedTest
    @CsvSource({
        "403, AccessDenied,              true,  trust policy and external ID",
        "403, InvalidClientTokenId,      true,  check the source credentials",
        "403, SignatureDoesNotMatch,     true,  clock",
        "403, ExpiredToken,              true,  the source credentials have expired",
        "403, RegionDisabledException,   true,  activate STS",
        "400, MalformedPolicyDocument,   true,  session policy",
        "400, PackedPolicyTooLarge,      true,  shorten",
        "400, ValidationError,           true,  duration",
        "400, SomethingNew,              true,  see the proxy's log",
        "400, Throttling,                false, try again",
        "429, TooManyRequestsException,  false, try again",
        "500, InternalFailure,           false, try again",
        "503, ServiceUnavailable,        false, try again",
        "400, IDPCommunicationError,     false, try again",
    })
    void tellsADenialFromATrouble(int status, String code, boolean isDenied, String advice) {
        sts.enqueue(StsAnswers.error(status, code, "because of this"));

        SourceError error = refusal(fetch(role()));

        assertThat(error.code()).isEqualTo(code);
        assertThat(error.isDenied()).isEqualTo(isDenied);
        assertThat(error.summary()).contains("STS answered " + code + " for role " + ARN, advice);
        assertThat(error.detail()).contains("because of this", "status=" + status, "request-id=req-1");
        assertThat(sts.getRequestCount()).as("the SDK does not repeat").isEqualTo(1);
    }

    @Test
    void comesBackSoonWhenARenewableSourceHasExpired() {
        sts.enqueue(StsAnswers.error(403, "ExpiredToken", "The security token included in the request is expired"));
        StsErrors errors = new StsErrors(ARN, true, InstantSource.system());

        assertThat(refusal(fetch(role(), errors)).isDenied()).isFalse();
    }

    @Test
    void namesAClockThatIsOff() {
        sts.enqueue(StsAnswers.error(403, "SignatureDoesNotMatch", "Signature not yet current")
                .newBuilder()
                .addHeader("Date", "Sat, 21 Nov 2026 00:00:00 GMT")
                .build());
        StsErrors errors = new StsErrors(ARN, false, InstantSource.fixed(Instant.parse("2026-11-21T00:20:00Z")));

        SourceError error = refusal(fetch(role(), errors));

        assertThat(error.isDenied()).isFalse();
        assertThat(error.summary()).endsWith("this machine's clock is 1200 s ahead of AWS's");
    }

    @Test
    void doesNotRepeatWhatStsRepeatsOfTheRequest() {
        sts.enqueue(StsAnswers.error(
                403,
                "SignatureDoesNotMatch",
                "The signature does not match " + SOURCE.sessionToken() + ". \nThe Canonical String for this request "
                        + "should have been 'POST\nx-amz-security-token:" + SOURCE.sessionToken() + "'"));

        SourceError error = refusal(fetch(role()));

        assertThat(error.detail())
                .startsWith("The signature does not match ***. (status=403")
                .doesNotContain("Canonical", "\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "<html><body>Blocked</body></html>",
                "<AssumeRoleResponse><AssumeRoleResult><Credentials><AccessKeyId>A",
                "{\"AssumeRoleResponse\":{}}",
                "<?xml version='1.0'?><!DOCTYPE x [<!ENTITY y SYSTEM 'file:///etc/hostname'>]><x>&y;</x>",
            })
    void treatsAnUnreadableAnswerAsATrouble(String body) {
        sts.enqueue(StsAnswers.xml(200, body));

        SourceError error = refusal(fetch(role()));

        assertThat(error.code()).isEqualTo("malformed-answer");
        assertThat(error.isDenied()).isFalse();
    }

    @Test
    void treatsAnAnswerWithoutExpirationAsATrouble() {
        sts.enqueue(StsAnswers.credentials(""));

        assertThat(refusal(fetch(role())).code()).isEqualTo("malformed-answer");
    }

    @Test
    void doesNotTakeAGatewaysAnswerForStss() {
        sts.enqueue(StsAnswers.xml(403, "<html>no</html>"));

        SourceError error = refusal(fetch(role()));

        assertThat(error.code()).isEqualTo("http-403");
        assertThat(error.isDenied()).isFalse();
    }

    @Test
    void treatsACutConnectionAsATrouble() {
        sts.enqueue(new MockResponse.Builder()
                .onRequestStart(new SocketEffect.CloseSocket())
                .build());

        SourceError error = refusal(fetch(role()));

        assertThat(error.code()).isEqualTo("unreachable");
        assertThat(error.isDenied()).isFalse();
    }

    private AssumedRole role() {
        return role(sts.url("/").uri());
    }

    private static AssumedRole role(URI endpoint) {
        return new AssumedRole(
                ARN, null, "team", Map.of(), null, null, AssumedRole.DEFAULT_DURATION, "eu-west-1", endpoint);
    }

    private static SourceAnswer fetch(AssumedRole role) {
        return fetch(role, new StsErrors(role.roleArn(), false, InstantSource.system()));
    }

    private static SourceAnswer fetch(AssumedRole role, StsErrors errors) {
        try (StsClients clients = new StsClients(null, StsClients.CALL_TIMEOUT)) {
            Endpoint endpoint = new Endpoints(EndpointConfig.defaults()).sts(role.stsRegion(), role.stsEndpoint());
            return new AssumeRoleSource(role, new StaticSource(SOURCE), List.of(clients.at(endpoint)), errors).fetch(0);
        }
    }

    private static SourceError refusal(SourceAnswer answer) {
        assertThat(answer).isInstanceOf(SourceAnswer.Refused.class);
        return ((SourceAnswer.Refused) answer).error();
    }

    private static Map<String, String> form(RecordedRequest request) {
        String body = Objects.requireNonNull(request.getBody()).utf8();
        return Arrays.stream(body.split("&"))
                .map(pair -> URLDecoder.decode(pair, StandardCharsets.UTF_8).split("=", 2))
                .collect(Collectors.toMap(pair -> pair[0], pair -> pair[1]));
    }
}
