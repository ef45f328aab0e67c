package io.bedrockproxy.core.sigv4;

/**
 * What the signing key signs: when, for what scope, and the hash of the canonical request.
 *
 * @param amzDate the instant of signing as in {@code x-amz-date}
 * @param scope the credential scope
 * @param canonicalRequestHash the SHA-256 of the canonical request, in lower-case hexadecimal
 */
record StringToSign(String amzDate, CredentialScope scope, String canonicalRequestHash) {
    static final String ALGORITHM = "AWS4-HMAC-SHA256";

    String text() {
        return ALGORITHM + '\n' + amzDate + '\n' + scope.text() + '\n' + canonicalRequestHash;
    }
}
