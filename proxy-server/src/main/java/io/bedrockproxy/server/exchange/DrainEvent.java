package io.bedrockproxy.server.exchange;

/** Fired as a user event through every downstream connection when the proxy is about to stop. */
public enum DrainEvent {
    /** Finish what is open, begin nothing new. */
    DRAIN
}
