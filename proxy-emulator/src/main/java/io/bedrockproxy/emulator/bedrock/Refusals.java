package io.bedrockproxy.emulator.bedrock;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Errors that the next requests are answered with, whatever they are. Thread-safe. */
public final class Refusals {
    private static final Map<String, String> MESSAGES = Map.of(
            "ExpiredTokenException",
            "The security token included in the request is expired",
            "UnrecognizedClientException",
            "The security token included in the request is invalid.",
            "RequestExpired",
            "Request has expired.",
            "InvalidSignatureException",
            "The request signature we calculated does not match the signature you provided. Check your AWS Secret"
                    + " Access Key and signing method. Consult the service documentation for details.",
            "ThrottlingException",
            "Too many requests, please wait before trying again.");

    private final Deque<String> waiting = new ArrayDeque<>();

    /** The next {@code count} requests to known operations get this error, after those that were asked for before. */
    public void next(int count, String exception) {
        synchronized (waiting) {
            for (int i = 0; i < count; i++) {
                waiting.addLast(exception);
            }
        }
    }

    @Nullable
    Result take() {
        synchronized (waiting) {
            String exception = waiting.pollFirst();
            return exception == null
                    ? null
                    : Errors.of(exception, MESSAGES.getOrDefault(exception, "The emulator was asked for this"));
        }
    }
}
