package io.bedrockproxy.core.sigv4;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An error response of AWS as far as it is about the signature.
 *
 * @param cause what it is about
 * @param message AWS's words, empty when there are none; may repeat headers of ours, the security token included
 */
public record SignatureRefusal(Cause cause, String message) {
    private static final JsonFactory JSON = new JsonFactory();

    private static final int BAD_REQUEST = 400;
    private static final int FORBIDDEN = 403;
    private static final String SUFFIX = "Exception";

    /** Without {@link #SUFFIX}, which some services add and some do not. */
    private static final Set<String> CREDENTIALS =
            Set.of("ExpiredToken", "UnrecognizedClient", "InvalidClientTokenId", "InvalidAccessKeyId");

    private static final Set<String> SIGNATURES = Set.of(
            "InvalidSignature",
            "SignatureDoesNotMatch",
            "RequestExpired",
            "RequestTimeTooSkewed",
            "RequestInTheFuture");

    /** What a refusal is about. */
    public enum Cause {
        /** The credentials are expired, or nobody knows them. */
        CREDENTIALS,
        /** The signature is wrong, or its date. */
        SIGNATURE,
        /** Something else. */
        OTHER
    }

    /** Refuses nulls. */
    public SignatureRefusal {
        Objects.requireNonNull(cause, "cause");
        Objects.requireNonNull(message, "message");
    }

    /**
     * Whether a response with this head may be one, so that its body is worth waiting for.
     *
     * @param errorType the value of {@code x-amzn-ErrorType}; without it the body names the error
     */
    public static boolean isPossible(int status, @Nullable String errorType) {
        return (status == FORBIDDEN || status == BAD_REQUEST)
                && (errorType == null || causeOf(errorType) != Cause.OTHER);
    }

    /**
     * Reads an error response.
     *
     * @param errorType the value of {@code x-amzn-ErrorType}, or null
     * @param body JSON as AWS writes it; what is not is an error about something else, unless the header names it
     */
    public static SignatureRefusal of(@Nullable String errorType, byte[] body) {
        String name = errorType;
        String code = null;
        String message = "";
        try (JsonParser json = JSON.createParser(body)) {
            if (json.nextToken() == JsonToken.START_OBJECT) {
                while (json.nextToken() == JsonToken.FIELD_NAME) {
                    String field = json.currentName();
                    String text = json.nextToken() == JsonToken.VALUE_STRING ? json.getText() : null;
                    if (text == null) {
                        json.skipChildren();
                    } else if (field.equals("__type")) {
                        name = name == null ? text : name;
                    } else if (field.equals("code")) {
                        code = text;
                    } else if (field.equalsIgnoreCase("message")) {
                        message = text;
                    }
                }
            }
        } catch (IOException notJson) {
            // What was read before counts.
        }
        name = name == null ? code : name;
        return new SignatureRefusal(causeOf(name, message), message);
    }

    private static Cause causeOf(@Nullable String name, String message) {
        Cause cause = name == null ? Cause.OTHER : causeOf(name);
        boolean isAboutTheDate =
                message.startsWith("Signature expired") || message.startsWith("Signature not yet current");
        return cause == Cause.OTHER && isAboutTheDate ? Cause.SIGNATURE : cause;
    }

    /** {@code namespace#Name:http://something} is about Name. */
    private static Cause causeOf(String errorType) {
        int colon = errorType.indexOf(':');
        String name = colon < 0 ? errorType : errorType.substring(0, colon);
        name = name.substring(name.lastIndexOf('#') + 1).trim();
        name = name.endsWith(SUFFIX) ? name.substring(0, name.length() - SUFFIX.length()) : name;
        if (CREDENTIALS.contains(name)) {
            return Cause.CREDENTIALS;
        }
        return SIGNATURES.contains(name) ? Cause.SIGNATURE : Cause.OTHER;
    }

    /** Without the words, which may hold a security token. */
    @Override
    public String toString() {
        return "SignatureRefusal[cause=" + cause + ", ***]";
    }
}
