package io.bedrockproxy.server.check;

import static io.bedrockproxy.server.check.AdviceTable.ANY;

import io.bedrockproxy.server.check.AdviceTable.Row;
import java.util.List;
import java.util.Set;

/** What to do when Bedrock refuses one tiny request. */
final class InvokeAdvice {
    /** Whoever gets these is let in, and has only to wait. */
    private static final Set<String> BUSY = Set.of(
            "ThrottlingException",
            "ServiceQuotaExceededException",
            "ModelNotReadyException",
            "ServiceUnavailableException",
            "InternalServerException",
            "ModelTimeoutException",
            "ModelErrorException");

    private static final AdviceTable<Facts> TABLE = new AdviceTable<>(List.of(
            new Row<>(
                    "AccessDeniedException",
                    "explicit deny",
                    facts -> "a policy that AWS names denies it: look for a Deny that fits " + facts.model()),
            new Row<>(
                    "AccessDeniedException",
                    "no session policy allows",
                    facts -> "the session policy does not allow it: add the model to clients." + facts.client()
                            + ".models, or see roles.NAME.session-policy of its role"),
            new Row<>(
                    "AccessDeniedException",
                    "not authorized",
                    facts -> "give the role the permission that AWS names, for " + facts.model()
                            + " and, if it is an inference"
                            + " profile, for the foundation model in every region that it leads to"),
            new Row<>(
                    "AccessDeniedException",
                    ANY,
                    facts ->
                            "ask for access to the model in the role's account (Bedrock console, Model access), and look whether"
                                    + " the role's permissions allow " + facts.model()),
            new Row<>(
                    "ValidationException",
                    "on-demand throughput",
                    facts -> "use the id of an inference profile instead, such as us." + facts.model() + " or global."
                            + facts.model() + "; ListInferenceProfiles shows those of " + facts.region()),
            new Row<>(
                    "ValidationException",
                    "identifier is invalid",
                    facts -> "there is no model " + facts.model() + " in " + facts.region()
                            + ": compare with ListFoundationModels and ListInferenceProfiles"),
            new Row<>("ValidationException", ANY, facts -> "correct what AWS names, or try another model"),
            new Row<>(
                    "ResourceNotFoundException",
                    ANY,
                    facts -> "the model is retired, not in " + facts.region() + " or of another account: compare with"
                            + " ListFoundationModels and ListInferenceProfiles"),
            new Row<>(
                    "ExpiredTokenException",
                    ANY,
                    facts -> "the credentials ended early: correct this machine's clock with NTP, or renew the source"),
            new Row<>(
                    "UnrecognizedClientException",
                    ANY,
                    facts -> "AWS does not know the key in " + facts.region()
                            + ": check that it is active, and that the region is" + " enabled in the account"),
            new Row<>("InvalidSignatureException", "Signature expired", InvokeAdvice::clock),
            new Row<>("InvalidSignatureException", "Signature not yet current", InvokeAdvice::clock),
            new Row<>(
                    "InvalidSignatureException",
                    "scoped to",
                    facts -> "the endpoint is not one of " + facts.region()
                            + ": correct bedrock.region, the client's region or" + " bedrock.endpoint"),
            new Row<>(
                    "InvalidSignatureException",
                    ANY,
                    facts ->
                            "the secret key does not belong to its access key id, or something on the way changes requests"),
            new Row<>("RequestExpired", ANY, InvokeAdvice::clock),
            new Row<>(
                    "UnknownOperationException",
                    ANY,
                    facts -> "the endpoint is none of bedrock-runtime: correct bedrock.endpoint"),
            new Row<>(
                    "ThrottlingException",
                    ANY,
                    facts ->
                            "credentials and permissions are right; the account's quota for the model is used up: try later"),
            new Row<>(ANY, ANY, facts -> "try again in a minute")));

    private InvokeAdvice() {}

    /**
     * What advice is made from.
     *
     * @param client whose request it was
     * @param model the model id
     * @param region that it was signed for
     */
    record Facts(String client, String model, String region) {}

    static String of(String error, String message, Facts facts) {
        return TABLE.advice(error, message, facts);
    }

    /** Whether the request was let in and merely came at a bad time. */
    static boolean isBusy(String error) {
        return BUSY.contains(error);
    }

    private static String clock(Facts facts) {
        return "correct this machine's clock with NTP";
    }
}
