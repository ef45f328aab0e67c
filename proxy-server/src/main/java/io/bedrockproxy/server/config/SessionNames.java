package io.bedrockproxy.server.config;

/** A client's name as an STS session name, which is how CloudTrail and the bill tell clients apart. */
public final class SessionNames {
    private static final int MIN_LENGTH = 2;
    private static final int MAX_LENGTH = 64;

    private SessionNames() {}

    /** Replaces what STS would refuse ({@code [\w+=,.@-]{2,64}}, API reference of AssumeRole). */
    public static String from(String clientName) {
        StringBuilder name = new StringBuilder();
        clientName.chars().limit(MAX_LENGTH).forEach(c -> name.append(isAllowed(c) ? (char) c : '-'));
        while (name.length() < MIN_LENGTH) {
            // No client's name has a dot, so no two clients have one session name.
            name.append('.');
        }
        return name.toString();
    }

    private static boolean isAllowed(int c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || "_+=,.@-".indexOf(c) >= 0;
    }
}
