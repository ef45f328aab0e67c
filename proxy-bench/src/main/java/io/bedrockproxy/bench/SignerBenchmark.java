package io.bedrockproxy.bench;

import io.bedrockproxy.core.credentials.SessionCredentials;
import io.bedrockproxy.core.http.Header;
import io.bedrockproxy.core.sigv4.PayloadHash;
import io.bedrockproxy.core.sigv4.PayloadHasher;
import io.bedrockproxy.core.sigv4.SigV4Signer;
import io.bedrockproxy.core.sigv4.SignableRequest;
import io.bedrockproxy.core.sigv4.SignedHeaders;
import io.bedrockproxy.core.sigv4.SigningKeyCache;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import software.amazon.awssdk.http.ContentStreamProvider;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;
import software.amazon.awssdk.http.auth.spi.signer.SignedRequest;
import software.amazon.awssdk.identity.spi.AwsSessionCredentialsIdentity;

/** What does it cost to hash a body and sign its request, with the own signer and with the SDK's? */
@State(Scope.Thread)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 5, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(2)
public class SignerBenchmark {
    private static final String HOST = "bedrock-runtime.us-east-1.amazonaws.com";
    private static final String PATH = "/model/us.anthropic.claude-sonnet-4-5-20250929-v1%3A0/invoke";
    private static final Instant NOW = Instant.parse("2026-01-15T12:34:56Z");
    private static final String TOKEN = "IQoJb3JpZ2luX2Vj".repeat(50);

    /** Bytes of the request body. */
    @Param({"1024", "102400"})
    public int bodyBytes;

    private final PayloadHasher hasher = new PayloadHasher();
    private final SigV4Signer own = new SigV4Signer(new SigningKeyCache());
    private final SessionCredentials credentials =
            new SessionCredentials("ASIAIOSFODNN7EXAMPLE", "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY", TOKEN, null);
    private final AwsV4HttpSigner sdk = AwsV4HttpSigner.create();
    private final AwsSessionCredentialsIdentity identity = AwsSessionCredentialsIdentity.create(
            "ASIAIOSFODNN7EXAMPLE", "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY", TOKEN);
    private byte[] body = {};

    /** Makes the body. */
    @Setup
    public void makeBody() {
        body = "x".repeat(bodyBytes).getBytes(StandardCharsets.US_ASCII);
    }

    /** The floor: the body's hash alone. */
    @Benchmark
    public PayloadHash hashOnly() {
        hasher.update(body, 0, body.length);
        return hasher.finish();
    }

    /** The proxy's way, from the body to the headers to add. */
    @Benchmark
    public SignedHeaders ownSigner() {
        List<Header> headers = List.of(new Header("content-type", "application/json"), new Header("host", HOST));
        SignableRequest request = new SignableRequest("POST", PATH, "", headers, hashOnly());
        return own.sign(request, credentials, "us-east-1", "bedrock", NOW);
    }

    /** The SDK's way, from the body to a signed request. */
    @Benchmark
    public SignedRequest sdkSigner() {
        SdkHttpRequest request = SdkHttpRequest.builder()
                .method(SdkHttpMethod.POST)
                .uri(URI.create("https://" + HOST + PATH))
                .putHeader("content-type", "application/json")
                .build();
        return sdk.sign(sign -> sign.identity(identity)
                .request(request)
                .payload(ContentStreamProvider.fromByteArrayUnsafe(body))
                .putProperty(AwsV4HttpSigner.REGION_NAME, "us-east-1")
                .putProperty(AwsV4HttpSigner.SERVICE_SIGNING_NAME, "bedrock")
                .putProperty(AwsV4HttpSigner.SIGNING_CLOCK, Clock.fixed(NOW, ZoneOffset.UTC)));
    }
}
