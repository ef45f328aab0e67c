package io.bedrockproxy.core.sigv4;

import static org.assertj.core.api.Assertions.assertThat;

import io.bedrockproxy.core.auth.AuthConfig;
import io.bedrockproxy.core.auth.AuthDecision;
import io.bedrockproxy.core.auth.Authenticator;
import io.bedrockproxy.core.auth.Client;
import io.bedrockproxy.core.auth.IssuedKey;
import io.bedrockproxy.core.http.Header;
import io.bedrockproxy.core.rule.ModelRules;
import io.bedrockproxy.core.rule.OperationRules;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.http.ContentStreamProvider;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;

/** Signatures of others, verified: the AWS SDK's over random requests, botocore's, and those of the bytes that curl sends. */
class InboundSignatureTest {
    private static final long SEED = 20261128L;
    private static final int REQUESTS = 2_000;

    private final AwsV4HttpSigner sdk = AwsV4HttpSigner.create();

    @Test
    void isGoodOverRandomRequestsOfTheSdkAndOverNoChangedOne() {
        Random random = new Random(SEED);
        List<WireMutation> mutations = List.of(WireMutation.values());
        Map<WireMutation, Integer> tried = new TreeMap<>();
        int accepted = 0;
        while (accepted < REQUESTS) {
            RandomRequest request = RandomRequest.next(random);
            Wire wire = signBySdk(request);
            if (wire == null) {
                continue;
            }
            accepted++;
            Authenticator authenticator = authenticator(request.accessKeyId(), request.secretAccessKey());
            Instant arrival = request.now().plusSeconds(random.nextInt(601) - 300);
            String what = "request %d of seed %d: %s".formatted(accepted, SEED, wire.target());
            assertThat(isGranted(authenticator, wire, arrival)).as(what).isTrue();

            WireMutation mutation = mutations.get(random.nextInt(mutations.size()));
            assertThat(isGranted(authenticator, mutation.apply(wire), arrival))
                    .as("%s with %s", what, mutation)
                    .isFalse();
            tried.merge(mutation, 1, Integer::sum);
            Authenticator other = authenticator(request.accessKeyId(), request.secretAccessKey() + "x");
            assertThat(isGranted(other, wire, arrival)).as("another key").isFalse();
        }
        System.out.printf("seed %d, %d requests, changed in: %s%n", SEED, REQUESTS, tried);
        assertThat(tried)
                .hasSameSizeAs(mutations)
                .allSatisfy((what, times) -> assertThat(times).isGreaterThan(50));
    }

    @ParameterizedTest
    @CsvSource({"-301, false", "-300, true", "0, true", "300, true", "301, false"})
    void isGoodForFiveMinutesBothWays(long seconds, boolean good) {
        RandomRequest request = RandomRequest.next(new Random(1));
        Wire wire = signBySdk(request);
        Instant arrival = request.now().plusSeconds(seconds);
        assertThat(isGranted(authenticator(request.accessKeyId(), request.secretAccessKey()), wire, arrival))
                .isEqualTo(good);
    }

    @Test
    void endsWithTheSecretsOfItsClient() {
        RandomRequest request = RandomRequest.next(new Random(1));
        Wire wire = signBySdk(request);
        Instant end = request.now().plusSeconds(10);
        Authenticator authenticator = authenticator(request.accessKeyId(), request.secretAccessKey(), end);
        assertThat(isGranted(authenticator, wire, end.minusNanos(1))).isTrue();
        assertThat(isGranted(authenticator, wire, end)).isFalse();
    }

    /** Made by botocore over {@code host;x-amz-date} and the body {@code {}}, without x-amz-content-sha256. */
    @ParameterizedTest
    @CsvSource({
        "anthropic.claude-3-5-sonnet-20241022-v2%3A0,"
                + " dbcd82f506aba906ce5c704fc2ee384d8f97a5fa4b7a0ca2251a37c7bc1e5a74",
        "anthropic.claude-3-5-sonnet-20241022-v2:0, 702aa0d10053550214fd6e9dbea0c7c9bd7f0f0c14865480add87d98acdce499",
        "arn%3Aaws%3Abedrock%3Aus-east-1%3A123456789012%3Acustom-model%2Famazon.titan-text-lite-v1%3A0%3A4k%2Fabcdefghij12,"
                + " 61e231bef9815540dc58d47cf62f29f12139a9927d0257b2c1fb0bfe2646571c",
        "arn:aws:bedrock:us-east-1:123456789012:custom-model/amazon.titan-text-lite-v1:0:4k/abcdefghij12,"
                + " 3a313469efb20744302588e86a7d5c473b55923014bf77208bcc5f5c9db33284"
    })
    void isGoodWithoutTheHashOnceTheBodyIsThere(String model, String signature) {
        Wire wire = botocore(model, signature, "{}");
        Authenticator authenticator = authenticator("AKIDEXAMPLE", "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY");
        Instant now = Instant.parse("2026-01-15T12:34:56Z");

        assertThat(wire.decidedBy(authenticator, now)).isInstanceOf(AuthDecision.Unproven.class);
        assertThat(isGranted(authenticator, wire, now)).isTrue();
        assertThat(isGranted(authenticator, botocore(model, signature, "{ }"), now))
                .isFalse();
        assertThat(isGranted(authenticator, botocore(model + "x", signature, "{}"), now))
                .isFalse();
    }

    private static Wire botocore(String model, String signature, String body) {
        return new Wire(
                "POST",
                "/model/" + model + "/invoke",
                List.of(
                        new Header("Host", "bedrock-runtime.us-east-1.amazonaws.com"),
                        new Header("X-Amz-Date", "20260115T123456Z"),
                        new Header(
                                "Authorization",
                                "AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20260115/us-east-1/bedrock/aws4_request,"
                                        + " SignedHeaders=host;x-amz-date, Signature=" + signature)),
                body.getBytes(StandardCharsets.US_ASCII));
    }

    /** Path and query as they are sent, where the SDKs encode once more. */
    @Test
    void isGoodOverPathAndQueryAsSent() {
        Instant now = Instant.parse("2026-01-15T12:34:56Z");
        CredentialScope scope = new CredentialScope("20260115", "eu-west-1", "bedrock");
        List<Header> signed = List.of(new Header("host", "proxy:8080"), new Header("x-amz-date", "20260115T123456Z"));
        Utf8Buffer text = new Utf8Buffer();
        CanonicalRequest canonical = CanonicalRequest.write(
                "GET", "/model/a:b%3a", "b=2&a=:", CanonicalHeaders.of(signed), PayloadHash.EMPTY, text);
        StringToSign toSign = new StringToSign("20260115T123456Z", scope, canonical.hash(Algorithms.sha256()));
        SecretAccessKey secret = SecretAccessKey.of("0123456789abcdef".getBytes(StandardCharsets.US_ASCII));
        javax.crypto.Mac mac = Algorithms.hmacSha256();
        secret.signingKey(scope).initialize(mac);
        String signature =
                java.util.HexFormat.of().formatHex(mac.doFinal(toSign.text().getBytes(StandardCharsets.US_ASCII)));
        List<Header> headers = new ArrayList<>(signed);
        headers.add(new Header(
                "authorization",
                "AWS4-HMAC-SHA256 Credential=0123456789abcdef/" + scope.text()
                        + ",SignedHeaders=host;x-amz-date,Signature=" + signature));
        Authenticator authenticator = authenticator("0123456789abcdef", "0123456789abcdef");
        assertThat(isGranted(authenticator, new Wire("GET", "/model/a:b%3a?b=2&a=:", headers, new byte[0]), now))
                .isTrue();
        assertThat(isGranted(authenticator, new Wire("GET", "/model/a%3Ab%3a?b=2&a=:", headers, new byte[0]), now))
                .as("the same path in another form was not signed")
                .isFalse();
        assertThat(isGranted(authenticator, new Wire("GET", "/model/a:b%3a?a=:&b=2", headers, new byte[0]), now))
                .as("the same query in another order was not signed")
                .isFalse();
    }

    private static boolean isGranted(Authenticator authenticator, Wire wire, Instant now) {
        return wire.isGrantedBy(authenticator, now);
    }

    private static Authenticator authenticator(String id, String secret) {
        return authenticator(id, secret, null);
    }

    private static Authenticator authenticator(String id, String secret, @Nullable Instant notAfter) {
        IssuedKey key = new IssuedKey(id, SecretAccessKey.of(secret.getBytes(StandardCharsets.US_ASCII)));
        Client client = new Client(
                "n8n",
                List.of(),
                List.of(key),
                notAfter,
                new ModelRules(List.of("*")),
                new OperationRules(List.of("inference")));
        return new Authenticator(new AuthConfig(List.of("x-api-key")), List.of(client), new SecureRandom());
    }

    private @Nullable Wire signBySdk(RandomRequest request) {
        SdkHttpRequest.Builder unsigned = SdkHttpRequest.builder()
                .method(SdkHttpMethod.fromValue(request.method()))
                .protocol("https")
                .host(request.host())
                .port(request.port())
                .encodedPath(request.path());
        request.parameters().forEach(pair -> unsigned.appendRawQueryParameter(pair[0], pair[1]));
        request.headers().forEach(pair -> unsigned.appendHeader(pair[0], pair[1]));
        String service = request.service().equals("sts") ? "bedrock" : request.service();
        SdkHttpRequest signed;
        try {
            signed = sdk.sign(sign -> sign.identity(
                                    AwsCredentialsIdentity.create(request.accessKeyId(), request.secretAccessKey()))
                            .request(unsigned.build())
                            .payload(ContentStreamProvider.fromByteArray(request.bodyBytes()))
                            .putProperty(AwsV4HttpSigner.REGION_NAME, request.region())
                            .putProperty(AwsV4HttpSigner.SERVICE_SIGNING_NAME, service)
                            .putProperty(AwsV4HttpSigner.SIGNING_CLOCK, Clock.fixed(request.now(), ZoneOffset.UTC)))
                    .request();
        } catch (IllegalArgumentException refused) {
            return null;
        }
        List<Header> headers = signed.headers().entrySet().stream()
                .flatMap(entry -> entry.getValue().stream().map(value -> new Header(entry.getKey(), value)))
                .toList();
        String target = request.path() + (request.query().isEmpty() ? "" : "?" + request.query());
        return isVisible(target) ? new Wire(request.method(), target, headers, request.bodyBytes()) : null;
    }

    /** What no HTTP decoder lets through is not worth a signature. */
    private static boolean isVisible(String target) {
        return target.startsWith("/") && target.chars().allMatch(c -> c > ' ' && c < 0x7f && c != '#');
    }
}
