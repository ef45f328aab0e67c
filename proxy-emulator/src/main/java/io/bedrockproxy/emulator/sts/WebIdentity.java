package io.bedrockproxy.emulator.sts;

import java.time.Instant;

/**
 * A token that AssumeRoleWithWebIdentity takes, and what an identity provider would have written in it.
 *
 * @param token three parts with dots between them
 * @param issuer the provider's host and path, without a scheme
 * @param subject the claim {@code sub}
 * @param audience the claim {@code aud}
 * @param expiration until when it is taken
 */
public record WebIdentity(String token, String issuer, String subject, String audience, Instant expiration) {
    /** A token of a Kubernetes service account in a cluster called {@code EMULATOR}. */
    public static WebIdentity of(String token, Instant expiration) {
        return new WebIdentity(
                token,
                "oidc.eks.us-east-1.amazonaws.com/id/EMULATOR",
                "system:serviceaccount:default:proxy",
                "sts.amazonaws.com",
                expiration);
    }

    /** Not the token. */
    @Override
    public String toString() {
        return "WebIdentity[" + issuer + ", " + subject + ", expiration=" + expiration + "]";
    }
}
