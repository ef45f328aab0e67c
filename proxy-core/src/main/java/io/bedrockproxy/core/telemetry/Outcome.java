package io.bedrockproxy.core.telemetry;

/** How an exchange ended. */
public enum Outcome {
    /** The upstream's answer went down whole. */
    COMPLETE("complete"),
    /** The proxy answered itself. */
    LOCAL_REPLY("local-reply"),
    /** The answer had begun and could not be finished; the client was shown. */
    CUT("cut"),
    /** The client went away; the upstream call was cancelled. */
    CLIENT_GONE("client-gone"),
    /** The client stopped reading for too long and was cut off. */
    CLIENT_STALLED("client-stalled");

    private final String label;

    Outcome(String label) {
        this.label = label;
    }

    /** As in the access log. */
    public String label() {
        return label;
    }
}
