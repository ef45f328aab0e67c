package io.bedrockproxy.emulator.http;

/** How an answer ended. */
public enum AnswerEnd {
    /** Its last byte was handed to the network. */
    COMPLETE,
    /** The peer closed or reset before the answer ended. */
    CANCELLED,
    /** The emulator cut it on purpose. */
    CUT
}
