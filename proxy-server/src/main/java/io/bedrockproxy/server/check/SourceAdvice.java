package io.bedrockproxy.server.check;

import static io.bedrockproxy.server.check.AdviceTable.ANY;

import io.bedrockproxy.core.credentials.SourceConfig;
import io.bedrockproxy.server.check.AdviceTable.Row;
import java.util.List;
import java.util.Set;

/** What to do when a source gives no credentials, or AWS refuses those that it gives. */
final class SourceAdvice {
    /** AWS says these about the credentials themselves: no role can be assumed with them. */
    private static final Set<String> REFUSED = Set.of(
            "InvalidClientTokenId",
            "UnrecognizedClientException",
            "ExpiredToken",
            "ExpiredTokenException",
            "SignatureDoesNotMatch",
            "InvalidSignatureException",
            "IncompleteSignature",
            "RequestExpired",
            "RequestTimeTooSkewed");

    private static final AdviceTable<UsedSource> TABLE = new AdviceTable<>(List.of(
            new Row<>(ANY, "clock is", source -> "correct this machine's clock with NTP"),
            new Row<>(ANY, "Signature expired", source -> "correct this machine's clock with NTP"),
            new Row<>(ANY, "Signature not yet current", source -> "correct this machine's clock with NTP"),
            new Row<>("RequestExpired", ANY, source -> "correct this machine's clock with NTP"),
            new Row<>("RequestTimeTooSkewed", ANY, source -> "correct this machine's clock with NTP"),
            new Row<>("InvalidClientTokenId", ANY, SourceAdvice::unknownKey),
            new Row<>("UnrecognizedClientException", ANY, SourceAdvice::unknownKey),
            new Row<>("ExpiredToken", ANY, SourceAdvice::expired),
            new Row<>("ExpiredTokenException", ANY, SourceAdvice::expired),
            new Row<>("expired-answer", ANY, SourceAdvice::expired),
            new Row<>("SignatureDoesNotMatch", ANY, SourceAdvice::wrongSecret),
            new Row<>("InvalidSignatureException", ANY, SourceAdvice::wrongSecret),
            new Row<>("IncompleteSignature", ANY, SourceAdvice::wrongSecret),
            new Row<>(
                    "keys-file",
                    ANY,
                    source -> "make " + source.place() + ".file a file with keys that the proxy's user may read"),
            new Row<>(
                    "source-refused",
                    ANY,
                    source -> "AWS refuses what " + source.place()
                            + " asks for: check its role and that role's trust policy"),
            new Row<>("no-source-credentials", ANY, SourceAdvice::nothing),
            new Row<>("timeout", ANY, SourceAdvice::nothing),
            new Row<>(ANY, ANY, source -> "see the line sts " + source.stsRegion())));

    private SourceAdvice() {}

    static String of(String code, String message, UsedSource source) {
        return TABLE.advice(code, message, source);
    }

    /** Whether this is about the credentials and not about the way to STS. */
    static boolean isRefusal(String code) {
        return REFUSED.contains(code);
    }

    private static String unknownKey(UsedSource source) {
        return "AWS does not know this key: check that it is active and of this partition, and that a temporary one"
                + " (ASIA...) comes with its own session token"
                + (isStatic(source)
                        ? ": " + source.place() + ".access-key-id and .session-token"
                        : ", in " + source.place());
    }

    private static String expired(UsedSource source) {
        return isStatic(source)
                ? "put new keys into " + source.place() + ", or better let it be a file that is read again when it"
                        + " changes: " + source.place() + ".file"
                : "renew the credentials of " + source.place();
    }

    private static String wrongSecret(UsedSource source) {
        return isStatic(source)
                ? source.place() + ".secret-access-key does not belong to its access-key-id"
                : "the secret key of " + source.place() + " does not belong to its access key id";
    }

    private static String nothing(UsedSource source) {
        return source.config() instanceof SourceConfig.DefaultChain
                ? "give this process credentials (environment variables, profile, IRSA, ECS task role, EKS Pod Identity or"
                        + " instance profile), or define sources.NAME"
                : "check what " + source.place() + " names";
    }

    private static boolean isStatic(UsedSource source) {
        return source.config() instanceof SourceConfig.Static;
    }
}
