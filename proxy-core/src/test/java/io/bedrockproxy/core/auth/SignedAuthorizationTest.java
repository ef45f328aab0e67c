package io.bedrockproxy.core.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class SignedAuthorizationTest {
    private static final String CREDENTIAL = "Credential=PRXY0123456789ABCDEF/20270131/eu-west-1/bedrock/aws4_request";
    private static final String NAMES = "SignedHeaders=:authority;content-type;x-amz-date";
    private static final String HEX = "0123456789abcdef".repeat(4);
    private static final String SIGNATURE = "Signature=" + HEX;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "AWS4-HMAC-SHA256 C, N, S",
                "AWS4-HMAC-SHA256 C,N,S",
                "AWS4-HMAC-SHA256   C  ,  N,\tS",
                "AWS4-HMAC-SHA256 S, C, N"
            })
    void readsTheThreePartsInAnyOrder(String form) {
        SignedAuthorization read = SignedAuthorization.parse(filledIn(form));
        assertThat(read).isNotNull();
        assertThat(read.accessKeyId()).isEqualTo("PRXY0123456789ABCDEF");
        assertThat(read.scope().text()).isEqualTo("20270131/eu-west-1/bedrock/aws4_request");
        assertThat(read.signedHeaders()).containsExactly(":authority", "content-type", "x-amz-date");
        assertThat(read.signature()).isEqualTo(HEX);
        assertThat(read).hasToString("SignedAuthorization[accessKeyId=PRXY0123456789ABCDEF, ***]");
    }

    static Stream<Arguments> malformed() {
        return Stream.of(
                argumentSet("nothing", ""),
                argumentSet("the algorithm alone", "AWS4-HMAC-SHA256"),
                argumentSet("the algorithm and a space", "AWS4-HMAC-SHA256 "),
                argumentSet("another case", filledIn("aws4-hmac-sha256 C, N, S")),
                argumentSet("SigV4a", filledIn("AWS4-ECDSA-P256-SHA256 C, N, S")),
                argumentSet("no signature", filledIn("AWS4-HMAC-SHA256 C, N")),
                argumentSet("no names", filledIn("AWS4-HMAC-SHA256 C, S")),
                argumentSet("no credential", filledIn("AWS4-HMAC-SHA256 N, S")),
                argumentSet("a part twice", filledIn("AWS4-HMAC-SHA256 C, N, S, S")),
                argumentSet("two credentials", filledIn("AWS4-HMAC-SHA256 C, C, N, S")),
                argumentSet("a part of its own", filledIn("AWS4-HMAC-SHA256 C, N, S, X=y")),
                argumentSet("a comma at the end", filledIn("AWS4-HMAC-SHA256 C, N, S,")),
                argumentSet("no commas", filledIn("AWS4-HMAC-SHA256 C N S")),
                argumentSet("a bearer behind it", filledIn("AWS4-HMAC-SHA256 C, N, S, Bearer x")),
                argumentSet("a short signature", withPart(SIGNATURE, SIGNATURE.substring(0, 73))),
                argumentSet("a long signature", withPart(SIGNATURE, SIGNATURE + "0")),
                argumentSet("a signature in upper case", withPart(HEX, "0123456789ABCDEF".repeat(4))),
                argumentSet("a signature of other characters", withPart(HEX, "g".repeat(64))),
                argumentSet("names out of order", withPart(NAMES, "SignedHeaders=x-amz-date;host")),
                argumentSet("a name twice", withPart(NAMES, "SignedHeaders=host;host;x-amz-date")),
                argumentSet("a name in upper case", withPart(NAMES, "SignedHeaders=Host;x-amz-date")),
                argumentSet("an empty name", withPart(NAMES, "SignedHeaders=;host;x-amz-date")),
                argumentSet("an empty name at the end", withPart(NAMES, "SignedHeaders=host;x-amz-date;")),
                argumentSet("no name", withPart(NAMES, "SignedHeaders=")),
                argumentSet("a space in the names", withPart(NAMES, "SignedHeaders=host; x-amz-date")),
                argumentSet("an empty id", withPart("PRXY0123456789ABCDEF", "")),
                argumentSet("a slash in the id", withPart("PRXY0123456789ABCDEF", "a/b")),
                argumentSet("129 characters of id", withPart("PRXY0123456789ABCDEF", "a".repeat(129))),
                argumentSet("seven digits of date", withPart("20270131", "2027013")),
                argumentSet("no region", withPart("eu-west-1/", "")),
                argumentSet("an empty region", withPart("eu-west-1", "")),
                argumentSet("a region in upper case", withPart("eu-west-1", "EU-WEST-1")),
                argumentSet("another terminator", withPart("aws4_request", "aws5_request")),
                argumentSet("more behind the terminator", withPart("aws4_request", "aws4_request/x")));
    }

    @ParameterizedTest
    @MethodSource("malformed")
    void refusesWhatIsNoWholeSignature(String header) {
        assertThat(SignedAuthorization.parse(header)).isNull();
    }

    @Test
    void tellsSignaturesFromSecrets() {
        assertThat(SignedAuthorization.isClaimedBy("AWS4-ECDSA-P256-SHA256 x")).isTrue();
        assertThat(SignedAuthorization.isClaimedBy("aws4-hmac-sha256 x")).isTrue();
        assertThat(SignedAuthorization.isClaimedBy("Bearer AWS4-HMAC-SHA256")).isFalse();
        assertThat(SignedAuthorization.isClaimedBy("AWS4")).isFalse();
    }

    private static String withPart(String part, String other) {
        return filledIn("AWS4-HMAC-SHA256 C, N, S").replace(part, other);
    }

    private static String filledIn(String form) {
        return form.replaceAll("\\bC\\b", CREDENTIAL)
                .replaceAll("\\bN\\b", NAMES)
                .replaceAll("\\bS\\b", SIGNATURE);
    }
}
