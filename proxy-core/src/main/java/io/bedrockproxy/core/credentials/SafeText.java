package io.bedrockproxy.core.credentials;

import java.util.List;

/** Makes somebody else's message fit for a log line: one line, bounded, without what may hold a session token. */
public final class SafeText {
    /** STS's messages are short; the default chain gives a sentence for each of its six providers. */
    private static final int MAX_CHARS = 1500;
    /** What begins the part of a signature refusal that repeats our request, security token included. */
    private static final List<String> REQUEST_ECHOES = List.of("The Canonical String", "The String-to-Sign");

    private SafeText() {}

    /** As {@link #of(String)}, and without the secret parts of the credentials that the message may be about. */
    public static String of(String message, SessionCredentials secret) {
        String token = secret.sessionToken();
        String text = message.replace(secret.secretAccessKey(), "***");
        return of(token == null ? text : text.replace(token, "***"));
    }

    /** One line of at most 1500 characters. */
    public static String of(String message) {
        String text = message;
        for (String echo : REQUEST_ECHOES) {
            int at = text.indexOf(echo);
            text = at < 0 ? text : text.substring(0, at);
        }
        text = text.replaceAll("[\\p{Cntrl}\\s\"]+", " ").strip();
        return text.length() <= MAX_CHARS ? text : text.substring(0, MAX_CHARS) + "...";
    }
}
