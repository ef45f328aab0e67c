package io.bedrockproxy.core.sigv4;

import java.util.Objects;

/**
 * What a signing key and so a signature is good for.
 *
 * @param date the UTC day as {@code yyyyMMdd}
 * @param region the region of the endpoint, never that of an ARN in the path
 * @param service the signing name
 */
public record CredentialScope(String date, String region, String service) {
    static final String TERMINATOR = "aws4_request";

    /** Refuses nulls. */
    public CredentialScope {
        Objects.requireNonNull(date, "date");
        Objects.requireNonNull(region, "region");
        Objects.requireNonNull(service, "service");
    }

    /** The scope as it stands in the string to sign and in the Authorization header. */
    public String text() {
        return date + '/' + region + '/' + service + '/' + TERMINATOR;
    }
}
