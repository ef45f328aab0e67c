package io.bedrockproxy.emulator.signature;

import io.bedrockproxy.emulator.http.PercentDecoder;
import io.bedrockproxy.emulator.http.ReceivedRequest;
import io.bedrockproxy.emulator.http.RequestHead;
import java.io.ByteArrayInputStream;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;
import software.amazon.awssdk.http.auth.spi.signer.SignedRequest;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;
import software.amazon.awssdk.identity.spi.AwsSessionCredentialsIdentity;

/** Signs a received request again with the AWS SDK's signer. */
final class SdkSigner {
    private final AwsV4HttpSigner signer = AwsV4HttpSigner.create();

    /**
     * The Authorization header that the SDK makes for what was received, or null when it cannot be asked: it refuses
     * some targets, and it signs {@code x-amz-content-sha256} always and some headers never.
     */
    @Nullable
    AuthorizationHeader sign(ReceivedRequest request, AuthorizationHeader header, AccessKey key, Instant signedAt) {
        if (!header.signedHeaders().contains("x-amz-content-sha256")) {
            return null;
        }
        try {
            SdkHttpRequest rebuilt = rebuild(request.head(), header.signedHeaders());
            SignedRequest signed = signer.sign(sign -> sign.identity(identity(key))
                    .request(rebuilt)
                    .payload(() -> new ByteArrayInputStream(request.body()))
                    .putProperty(AwsV4HttpSigner.SERVICE_SIGNING_NAME, header.service())
                    .putProperty(AwsV4HttpSigner.REGION_NAME, header.region())
                    .putProperty(AwsV4HttpSigner.SIGNING_CLOCK, Clock.fixed(signedAt, ZoneOffset.UTC)));
            AuthorizationHeader again = AuthorizationHeader.parse(
                    signed.request().firstMatchingHeader("Authorization").orElse(""));
            return again == null || !again.signedHeaders().equals(header.signedHeaders()) ? null : again;
        } catch (IllegalArgumentException e) {
            return null; // a target that java.net.URI does not take
        }
    }

    private static SdkHttpRequest rebuild(RequestHead head, List<String> signedHeaders) {
        String host = String.valueOf(head.header("host"));
        int colon = host.lastIndexOf(':');
        boolean port = colon > host.lastIndexOf(']');
        // The signer writes the host header itself and leaves a scheme's own port out; so the scheme follows the text.
        SdkHttpRequest.Builder builder = SdkHttpRequest.builder()
                .method(SdkHttpMethod.fromValue(head.method()))
                .protocol(port && host.endsWith(":443") ? "http" : "https")
                .host(port ? host.substring(0, colon) : host)
                .encodedPath(head.path());
        if (port) {
            builder.port(Integer.parseInt(host.substring(colon + 1)));
        }
        for (String part : head.query().split("&", -1)) {
            if (!part.isEmpty()) {
                int equals = part.indexOf('=');
                builder.appendRawQueryParameter(
                        PercentDecoder.decode(equals < 0 ? part : part.substring(0, equals)),
                        PercentDecoder.decode(equals < 0 ? "" : part.substring(equals + 1)));
            }
        }
        for (String name : signedHeaders) {
            if (!name.equals("host")) {
                builder.putHeader(name, head.headerValues(name));
            }
        }
        return builder.build();
    }

    private static AwsCredentialsIdentity identity(AccessKey key) {
        String token = key.sessionToken();
        return token == null
                ? AwsCredentialsIdentity.create(key.accessKeyId(), key.secretAccessKey())
                : AwsSessionCredentialsIdentity.create(key.accessKeyId(), key.secretAccessKey(), token);
    }
}
