package io.bedrockproxy.core.sigv4;

import static org.assertj.core.api.Assertions.assertThat;

import io.bedrockproxy.core.credentials.SessionCredentials;
import io.bedrockproxy.core.http.Header;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.http.ContentStreamProvider;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;
import software.amazon.awssdk.identity.spi.AwsSessionCredentialsIdentity;

class SigV4AgainstSdkTest {
    private static final long SEED = 20261121L;
    private static final int REQUESTS = 10_000;

    private final AwsV4HttpSigner oracle = AwsV4HttpSigner.create();
    private final SigV4Signer signer = new SigV4Signer(new SigningKeyCache());

    @Test
    void agreesWithTheSdkOnRandomRequests() {
        Random random = new Random(SEED);
        Map<String, Integer> accepted = new TreeMap<>();
        for (int i = 0; i < REQUESTS; i++) {
            RandomRequest request = RandomRequest.next(random);
            SdkHttpRequest expected = signBySdk(request);
            if (expected == null) {
                continue;
            }
            SignedHeaders actual =
                    sign(request, expected.firstMatchingHeader("Host").orElseThrow());
            assertThat(actual.authorization())
                    .as("request %d of seed %d: %s?%s", i, SEED, request.path(), request.query())
                    .isEqualTo(expected.firstMatchingHeader("Authorization").orElseThrow());
            actual.forEach((name, value) ->
                    assertThat(expected.matchingHeaders(name)).as(name).containsExactly(value));
            features(request).forEach(feature -> accepted.merge(feature, 1, Integer::sum));
        }
        System.out.printf("seed %d, %d requests, accepted by the SDK: %s%n", SEED, REQUESTS, accepted);
        assertThat(accepted.get("all")).as("share that the SDK accepts").isGreaterThan(REQUESTS * 9 / 10);
        assertThat(accepted.values()).as("accepted requests with each feature").allMatch(count -> count > 300);
    }

    private static List<String> features(RandomRequest request) {
        List<String> features = new ArrayList<>(List.of("all"));
        Map.of(
                        "token",
                        !request.sessionToken().isEmpty(),
                        "query",
                        !request.query().isEmpty(),
                        "triplet",
                        request.path().contains("%"),
                        "empty segment",
                        request.path().contains("//"),
                        "dot segment",
                        request.path().contains("/./"),
                        "dot-dot segment",
                        request.path().contains("/../"),
                        "port",
                        request.port() != 443,
                        "no body",
                        request.body().isEmpty())
                .forEach((name, isPresent) -> {
                    if (isPresent) {
                        features.add(name);
                    }
                });
        return features;
    }

    private @Nullable SdkHttpRequest signBySdk(RandomRequest request) {
        SdkHttpRequest.Builder unsigned = SdkHttpRequest.builder()
                .method(SdkHttpMethod.fromValue(request.method()))
                .protocol("https")
                .host(request.host())
                .port(request.port())
                .encodedPath(request.path());
        request.parameters().forEach(pair -> unsigned.appendRawQueryParameter(pair[0], pair[1]));
        request.headers().forEach(pair -> unsigned.appendHeader(pair[0], pair[1]));
        try {
            return oracle.sign(sign -> sign.identity(identity(request))
                            .request(unsigned.build())
                            .payload(ContentStreamProvider.fromByteArray(request.bodyBytes()))
                            .putProperty(AwsV4HttpSigner.REGION_NAME, request.region())
                            .putProperty(AwsV4HttpSigner.SERVICE_SIGNING_NAME, request.service())
                            .putProperty(AwsV4HttpSigner.SIGNING_CLOCK, Clock.fixed(request.now(), ZoneOffset.UTC)))
                    .request();
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    private static AwsCredentialsIdentity identity(RandomRequest request) {
        return request.sessionToken().isEmpty()
                ? AwsCredentialsIdentity.create(request.accessKeyId(), request.secretAccessKey())
                : AwsSessionCredentialsIdentity.create(
                        request.accessKeyId(), request.secretAccessKey(), request.sessionToken());
    }

    private SignedHeaders sign(RandomRequest request, String host) {
        List<Header> headers = new ArrayList<>(List.of(new Header("host", host)));
        request.headers().forEach(pair -> headers.add(new Header(pair[0], pair[1])));
        PayloadHasher hasher = new PayloadHasher();
        hasher.update(ByteBuffer.wrap(request.bodyBytes()));
        return signer.sign(
                new SignableRequest(request.method(), request.path(), request.query(), headers, hasher.finish()),
                new SessionCredentials(request.accessKeyId(), request.secretAccessKey(), request.sessionToken(), null),
                request.region(),
                request.service(),
                request.now());
    }
}
