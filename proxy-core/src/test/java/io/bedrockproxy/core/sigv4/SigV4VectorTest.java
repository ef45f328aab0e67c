package io.bedrockproxy.core.sigv4;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.bedrockproxy.core.credentials.SessionCredentials;
import io.bedrockproxy.core.http.Header;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SigV4VectorTest {
    private static final String MODEL_ID_PATHS = "/sigv4/model-id-paths.json";

    private final SigV4Signer signer = new SigV4Signer(new SigningKeyCache());

    static Stream<SigningVector> vectors() {
        return SigningVector.all();
    }

    static Stream<JsonNode> modelIdRows() {
        return SigningVector.read(MODEL_ID_PATHS).get("rows").valueStream();
    }

    @Test
    void readsEveryVector() {
        assertThat(vectors()).hasSize(74);
        assertThat(modelIdRows()).hasSize(39);
    }

    @ParameterizedTest
    @MethodSource("vectors")
    void buildsTheCanonicalRequest(SigningVector vector) {
        SignableRequest request = vector.request();

        assertThat(CanonicalPath.of(request.path())).isEqualTo(vector.expected("canonicalUri"));
        assertThat(CanonicalQuery.of(request.query())).isEqualTo(vector.expected("canonicalQuery"));
        assertThat(request.payloadHash().hex()).isEqualTo(vector.expected("payloadHash"));
        Utf8Buffer text = new Utf8Buffer();
        CanonicalRequest canonical = CanonicalRequest.write(request, vector.headers(), text);
        assertThat(canonical.signedHeaders()).isEqualTo(vector.expected("signedHeaders"));
        assertThat(text).hasToString(vector.expected("canonicalRequest"));
        assertThat(canonical.hash(Algorithms.sha256())).isEqualTo(vector.expected("canonicalRequestSha256"));
    }

    @ParameterizedTest
    @MethodSource("vectors")
    void buildsTheStringToSign(SigningVector vector) {
        String hash = vector.expected("canonicalRequestSha256");

        StringToSign stringToSign = new StringToSign(vector.text("amzDate"), vector.scope(), hash);

        assertThat(stringToSign.text()).isEqualTo(vector.expected("stringToSign"));
    }

    @ParameterizedTest
    @MethodSource("vectors")
    void signsExactlyTheHeadersOfTheVector(SigningVector vector) {
        String authorization = signer.authorization(
                vector.request(), vector.headers(), vector.credentials(), vector.scope(), vector.now());

        assertThat(authorization).isEqualTo(vector.expected("authorization"));
        assertThat(authorization).endsWith(" Signature=" + vector.expected("signature"));
    }

    @ParameterizedTest
    @MethodSource("vectors")
    void addsItsOwnHeadersAndSignsThem(SigningVector vector) {
        SignableRequest request = vector.request();
        List<Header> lowered = vector.headers().stream()
                .map(header -> new Header(header.name().toLowerCase(Locale.ROOT), header.value()))
                .toList();
        SignableRequest signable =
                new SignableRequest(request.method(), request.path(), request.query(), lowered, request.payloadHash());

        SignedHeaders signed = signer.sign(
                signable, vector.credentials(), vector.text("region"), vector.text("service"), vector.now());

        assertThat(signed.amzDate()).isEqualTo(vector.text("amzDate"));
        assertThat(signed.securityToken()).isEqualTo(vector.credentials().sessionToken());
        assertThat(signed.contentSha256()).isEqualTo(vector.expected("payloadHash"));
        // Three vectors are signed as botocore does, without x-amz-content-sha256; this signer always sends it.
        assertThat(signed.authorization().equals(vector.expected("authorization")))
                .isEqualTo(vector.hasHeader(SignedHeaders.CONTENT_SHA256));
    }

    @ParameterizedTest
    @MethodSource("modelIdRows")
    void signsEveryFormOfEveryModelId(JsonNode row) {
        String path = row.get("requestLine").asText().split(" ", -1)[1];
        SessionCredentials credentials =
                new SessionCredentials("AKIDEXAMPLE", "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY", null, null);
        List<Header> headers = List.of(
                new Header("host", "bedrock-runtime.us-east-1.amazonaws.com"),
                new Header("x-amz-date", "20260115T123456Z"));
        PayloadHasher hasher = new PayloadHasher();
        hasher.update(new byte[] {'{', '}'}, 0, 2);
        SignableRequest request = new SignableRequest("POST", path, "", headers, hasher.finish());

        String authorization = signer.authorization(
                request,
                headers,
                credentials,
                new CredentialScope("20260115", "us-east-1", "bedrock"),
                SigningVector.instant("20260115T123456Z"));

        assertThat(CanonicalPath.of(path)).isEqualTo(row.get("canonicalUri").asText());
        assertThat(authorization).endsWith("Signature=" + row.get("signature").asText());
    }
}
