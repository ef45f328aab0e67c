package io.bedrockproxy.core.sigv4;

import java.util.Objects;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The headers that make a request a signed one; all of them must travel, unchanged.
 *
 * @param authorization the value of {@code authorization}
 * @param amzDate the value of {@code x-amz-date}
 * @param securityToken the value of {@code x-amz-security-token}; null for long-lived keys
 * @param contentSha256 the value of {@code x-amz-content-sha256}
 */
public record SignedHeaders(
        String authorization, String amzDate, @Nullable String securityToken, String contentSha256) {
    static final String AUTHORIZATION = "authorization";
    static final String DATE = "x-amz-date";
    static final String SECURITY_TOKEN = "x-amz-security-token";
    static final String CONTENT_SHA256 = "x-amz-content-sha256";

    /** Refuses nulls where a header must be. */
    public SignedHeaders {
        Objects.requireNonNull(authorization, "authorization");
        Objects.requireNonNull(amzDate, "amzDate");
        Objects.requireNonNull(contentSha256, "contentSha256");
    }

    /** Gives each header's lower-case name and value to {@code consumer}. */
    public void forEach(BiConsumer<String, String> consumer) {
        consumer.accept(AUTHORIZATION, authorization);
        consumer.accept(DATE, amzDate);
        if (securityToken != null) {
            consumer.accept(SECURITY_TOKEN, securityToken);
        }
        consumer.accept(CONTENT_SHA256, contentSha256);
    }

    /** Shows the date only: the signature and the token are as good as a secret for minutes. */
    @Override
    public String toString() {
        return "SignedHeaders[amzDate=" + amzDate + ", ***]";
    }
}
