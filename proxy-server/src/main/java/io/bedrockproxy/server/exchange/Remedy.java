package io.bedrockproxy.server.exchange;

/** What makes a second signature better than the one that was refused. */
enum Remedy {
    /** Nothing does: the answer is the client's. */
    NONE("none"),
    /** Other credentials. */
    NEW_CREDENTIALS("expired-token"),
    /** Another time. */
    NEW_TIME("clock");

    private final String label;

    Remedy(String label) {
        this.label = label;
    }

    /** As the access log has it. */
    String label() {
        return label;
    }
}
