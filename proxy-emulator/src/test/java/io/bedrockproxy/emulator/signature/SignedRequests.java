package io.bedrockproxy.emulator.signature;

import io.bedrockproxy.emulator.http.HttpField;
import io.bedrockproxy.emulator.http.ReceivedRequest;
import io.bedrockproxy.emulator.http.RequestHead;
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;
import software.amazon.awssdk.http.auth.spi.signer.SignedRequest;

/** A request that a test signs with the AWS SDK and may then change. */
public record SignedRequests(
        URI endpoint,
        AwsCredentials credentials,
        String region,
        String service,
        Instant signedAt,
        Map<String, String> more) {
    /** A request to Bedrock. */
    public static SignedRequests bedrock(URI endpoint, String accessKeyId, String secret, Instant signedAt) {
        return new SignedRequests(
                endpoint, AwsBasicCredentials.create(accessKeyId, secret), "us-east-1", "bedrock", signedAt, Map.of());
    }

    /** With a session token. */
    public SignedRequests session(String accessKeyId, String secret, String token) {
        return new SignedRequests(
                endpoint, AwsSessionCredentials.create(accessKeyId, secret, token), region, service, signedAt, more);
    }

    /** With another scope. */
    public SignedRequests scope(String otherRegion, String otherService) {
        return new SignedRequests(endpoint, credentials, otherRegion, otherService, signedAt, more);
    }

    /** With further signed headers. */
    public SignedRequests with(String name, String value) {
        return new SignedRequests(endpoint, credentials, region, service, signedAt, Map.of(name, value));
    }

    /** The signed headers of a request to {@code target}. */
    public List<HttpField> headers(String method, String target, String body) {
        int mark = target.indexOf('?');
        SdkHttpRequest.Builder request = SdkHttpRequest.builder()
                .method(SdkHttpMethod.fromValue(method))
                .protocol(endpoint.getScheme())
                .host(endpoint.getHost())
                .port(endpoint.getPort())
                .encodedPath(mark < 0 ? target : target.substring(0, mark))
                .putHeader("content-type", "application/json");
        if (mark >= 0) {
            for (String pair : target.substring(mark + 1).split("&", -1)) {
                request.appendRawQueryParameter(pair.split("=", 2)[0], pair.split("=", 2)[1]);
            }
        }
        more.forEach(request::putHeader);
        SignedRequest signed = AwsV4HttpSigner.create()
                .sign(sign -> sign.identity(credentials)
                        .request(request.build())
                        .payload(() -> new ByteArrayInputStream(body.getBytes(StandardCharsets.UTF_8)))
                        .putProperty(AwsV4HttpSigner.SERVICE_SIGNING_NAME, service)
                        .putProperty(AwsV4HttpSigner.REGION_NAME, region)
                        .putProperty(AwsV4HttpSigner.SIGNING_CLOCK, Clock.fixed(signedAt, ZoneOffset.UTC)));
        List<HttpField> headers = new ArrayList<>();
        signed.request()
                .forEachHeader((name, values) -> values.forEach(value -> headers.add(new HttpField(name, value))));
        return headers;
    }

    /** The request as the emulator receives it. */
    public ReceivedRequest received(String method, String target, String body) {
        return received(method, target, headers(method, target, body), body);
    }

    /** A request with these headers as the emulator receives it. */
    public static ReceivedRequest received(String method, String target, List<HttpField> headers, String body) {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        return new ReceivedRequest(
                new RequestHead("HTTP/1.1", false, method, target, headers, 0), bytes, sha256(bytes), false);
    }

    static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }
}
