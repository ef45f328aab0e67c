package io.bedrockproxy.emulator.signature;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.bedrockproxy.emulator.http.HttpField;
import io.bedrockproxy.emulator.http.ReceivedRequest;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is refused, with which fault and in which words. */
class SignatureVerifierTest {
    private static final Instant NOW = Instant.parse("2026-11-21T10:00:00Z");
    private static final String TARGET = "/model/anthropic.claude-3-haiku-20240307-v1%3A0/invoke";
    private static final String BODY = "{\"prompt\":\"hi\"}";

    private final KeyRing keys = new KeyRing();
    private final SignatureVerifier verifier =
            new SignatureVerifier(keys, "bedrock", Set.of("us-east-1"), Duration.ofMinutes(5));
    private final SignedRequests session = SignedRequests.bedrock(
                    URI.create("http://127.0.0.1:8080"), "AKID", "secret", NOW)
            .session("ASIA1", "secret", "token");

    @BeforeEach
    void addKey() {
        keys.add(AccessKey.longLived("AKID", "secret", "arn:aws:iam::000000000000:user/me"), NOW);
        keys.add(
                new AccessKey(
                        "ASIA1", "secret", "token", NOW.plusSeconds(60), Identity.of(new RoleSession("role", "me"))),
                NOW);
    }

    private SignatureFault fault(ReceivedRequest request, Instant now) {
        return ((Verdict.Refused) verifier.verify(request, now)).fault();
    }

    private String message(ReceivedRequest request, Instant now) {
        return ((Verdict.Refused) verifier.verify(request, now)).message();
    }

    private ReceivedRequest changed(UnaryOperator<HttpField> change) {
        List<HttpField> headers =
                session.headers("POST", TARGET, BODY).stream().map(change).toList();
        return SignedRequests.received("POST", TARGET, headers, BODY);
    }

    private static UnaryOperator<HttpField> set(String name, String value) {
        return field -> field.name().equalsIgnoreCase(name) ? new HttpField(name, value) : field;
    }

    @Test
    void acceptsWhatTheSdkSigned() {
        Verdict verdict = verifier.verify(session.received("POST", TARGET, BODY), NOW);

        assertThat(verdict).isInstanceOfSatisfying(Verdict.Verified.class, verified -> {
            assertThat(verified.key().session()).isEqualTo(new RoleSession("role", "me"));
            assertThat(verified.region()).isEqualTo("us-east-1");
        });
    }

    @Test
    void refusesAChangedBodyAndQuotesTheCanonicalRequest() {
        ReceivedRequest request = SignedRequests.received(
                "POST", TARGET, session.headers("POST", TARGET, BODY), BODY.replace("hi", "ho"));

        assertThat(fault(request, NOW)).isEqualTo(SignatureFault.MISMATCH);
        assertThat(message(request, NOW))
                .contains("The Canonical String for this request should have been\n'POST\n")
                .contains("anthropic.claude-3-haiku-20240307-v1%253A0")
                .contains(request.bodySha256() + "'")
                .contains("""
                        The String-to-Sign should have been
                        'AWS4-HMAC-SHA256
                        20261121T100000Z
                        20261121/us-east-1/bedrock/aws4_request
                        """);
    }

    @Test
    void refusesAnotherTargetOrMethod() {
        List<HttpField> headers = session.headers("POST", TARGET, BODY);

        assertThat(fault(SignedRequests.received("POST", TARGET + "?a=b", headers, BODY), NOW))
                .isEqualTo(SignatureFault.MISMATCH);
        assertThat(fault(SignedRequests.received("POST", TARGET.replace("%3A", "%3a"), headers, BODY), NOW))
                .isEqualTo(SignatureFault.MISMATCH);
        assertThat(fault(SignedRequests.received("PUT", TARGET, headers, BODY), NOW))
                .isEqualTo(SignatureFault.MISMATCH);
    }

    @Test
    void refusesAChangedSignedHeader() {
        assertThat(fault(changed(set("content-type", "text/plain")), NOW)).isEqualTo(SignatureFault.MISMATCH);
        assertThat(fault(changed(set("host", "127.0.0.1:8081")), NOW)).isEqualTo(SignatureFault.MISMATCH);
        assertThat(fault(changed(set("x-amz-content-sha256", "UNSIGNED-PAYLOAD")), NOW))
                .isEqualTo(SignatureFault.MISMATCH);
    }

    @Test
    void refusesAnAmzHeaderThatIsNotSigned() {
        List<HttpField> headers = new ArrayList<>(session.headers("POST", TARGET, BODY));
        headers.add(new HttpField("X-Amz-User-Agent", "me"));
        ReceivedRequest request = SignedRequests.received("POST", TARGET, headers, BODY);

        assertThat(fault(request, NOW)).isEqualTo(SignatureFault.UNSIGNED_HEADER);
        assertThat(message(request, NOW)).endsWith("not signed: x-amz-user-agent");
    }

    @ParameterizedTest
    @ValueSource(strings = {"host", "x-amz-date", "x-amz-security-token"})
    void refusesASignatureWithout(String header) {
        ReceivedRequest request = changed(field -> field.name().equalsIgnoreCase("authorization")
                ? new HttpField(field.name(), field.value().replaceFirst("(;)?\\b" + header + "\\b(?=[;,])", ""))
                : field);

        assertThat(fault(request, NOW)).isEqualTo(SignatureFault.UNSIGNED_HEADER);
    }

    @ParameterizedTest
    @CsvSource({"eu-west-1, bedrock, valid region", "us-east-1, sts, correct service: 'bedrock'"})
    void refusesAnotherScope(String region, String service, String words) {
        ReceivedRequest request = session.scope(region, service).received("POST", TARGET, BODY);

        assertThat(fault(request, NOW)).isEqualTo(SignatureFault.SCOPE);
        assertThat(message(request, NOW)).contains(words);
    }

    @Test
    void refusesAScopeOfAnotherDay() {
        ReceivedRequest request = changed(set("X-Amz-Date", "20261122T100000Z"));

        assertThat(message(request, NOW.plus(Duration.ofDays(1))))
                .startsWith("Date in Credential scope does not match");
    }

    @Test
    void acceptsAClockFiveMinutesOffAndNoMore() {
        ReceivedRequest request = SignedRequests.bedrock(URI.create("http://127.0.0.1:8080"), "AKID", "secret", NOW)
                .received("POST", TARGET, BODY);

        assertThat(verifier.verify(request, NOW.plusSeconds(300)).verified()).isTrue();
        assertThat(verifier.verify(request, NOW.minusSeconds(300)).verified()).isTrue();
        assertThat(message(request, NOW.plusSeconds(301)))
                .isEqualTo("Signature expired: 20261121T100000Z is now earlier than 20261121T100001Z"
                        + " (20261121T100501Z - 5 min.)");
        assertThat(message(request, NOW.minusSeconds(301)))
                .isEqualTo("Signature not yet current: 20261121T100000Z is still later than 20261121T095959Z"
                        + " (20261121T095459Z + 5 min.)");
    }

    @Test
    void refusesAnUnknownKeyAndAnotherToken() {
        SignedRequests unknown = session.session("ASIA2", "secret", "token");
        SignedRequests token = session.session("ASIA1", "secret", "another");
        SignedRequests none = SignedRequests.bedrock(URI.create("http://127.0.0.1:8080"), "ASIA1", "secret", NOW);

        for (SignedRequests request : List.of(unknown, token, none)) {
            assertThat(fault(request.received("POST", TARGET, BODY), NOW)).isEqualTo(SignatureFault.UNKNOWN_KEY);
        }
    }

    @Test
    void refusesExpiredCredentials() {
        ReceivedRequest request = session.received("POST", TARGET, BODY);

        assertThat(verifier.verify(request, NOW.plusSeconds(59)).verified()).isTrue();
        assertThat(fault(request, NOW.plusSeconds(60))).isEqualTo(SignatureFault.EXPIRED_KEY);
    }

    @Test
    void expiresIssuedKeysOnOrder() {
        keys.expireSessions(NOW);

        assertThat(fault(session.received("POST", TARGET, BODY), NOW)).isEqualTo(SignatureFault.EXPIRED_KEY);
        assertThat(keys.find("AKID")).isNotNull();
    }

    @ParameterizedTest
    @CsvSource({
        "Bearer abc, BEARER",
        "Basic abc, INCOMPLETE",
        "'AWS4-HMAC-SHA256 Credential=a/b/c/d, SignedHeaders=host, Signature=x', INCOMPLETE",
        "AWS4-HMAC-SHA256, INCOMPLETE",
    })
    void refusesOtherAuthorizations(String value, SignatureFault expected) {
        assertThat(fault(changed(set("Authorization", value)), NOW)).isEqualTo(expected);
    }

    @Test
    void refusesAnUnsignedRequest() {
        assertThat(fault(SignedRequests.received("POST", TARGET, List.of(), BODY), NOW))
                .isEqualTo(SignatureFault.MISSING);
    }

    @Test
    void writesTheCanonicalRequestThatTheSdkSigns() {
        Random random = new Random(20261121);
        for (int i = 0; i < 500; i++) {
            String target =
                    "/model/" + text(random, "ab0-._~:%+,;=@!$&'()*", 30).replace("%", "%25") + "/invoke?q="
                            + text(random, "ab0-._~:/@!$'()*", 8);
            SignedRequests signed = session.with("x-amzn-bedrock-trace", text(random, "a b  c:,;", 12) + "x");
            List<HttpField> headers = signed.headers("POST", target, BODY);
            AuthorizationHeader header = requireNonNull(AuthorizationHeader.parse(headers.stream()
                    .filter(field -> field.name().equals("Authorization"))
                    .findFirst()
                    .orElseThrow()
                    .value()));
            ReceivedRequest request = SignedRequests.received("POST", target, headers, BODY);
            String canonical = CanonicalText.of(request.head(), header.signedHeaders(), request.bodySha256());
            String own =
                    Hmac.signature("secret", header, Hmac.stringToSign("20261121T100000Z", header.scope(), canonical));

            assertThat(own).as("seed 20261121, " + target).isEqualTo(header.signature());
        }
    }

    private static String text(Random random, String alphabet, int length) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < length; i++) {
            text.append(alphabet.charAt(random.nextInt(alphabet.length())));
        }
        return text.toString();
    }
}
