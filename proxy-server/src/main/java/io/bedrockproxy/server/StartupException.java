package io.bedrockproxy.server;

import org.jspecify.annotations.Nullable;

/** The proxy cannot start: the message says what was wrong and what was expected, and is all that an operator needs. */
public final class StartupException extends Exception {
    private static final long serialVersionUID = 1L;

    /** With the whole message, keeping the cause for a debugger. */
    public StartupException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }

    /**
     * About one key, in the words of a configuration problem.
     *
     * @param key without the root
     * @param wrong what is there
     * @param expected what should be there
     */
    static StartupException at(String key, String wrong, String expected, @Nullable Throwable cause) {
        return new StartupException("bedrock-proxy." + key + ": " + wrong + " (expected: " + expected + ")", cause);
    }

    /** The same, naming the file that holds the key. */
    public StartupException in(String file) {
        return new StartupException(file + ": " + getMessage(), this);
    }
}
