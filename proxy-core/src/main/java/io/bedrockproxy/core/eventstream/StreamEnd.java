package io.bedrockproxy.core.eventstream;

/** How an event stream stands, or how it ended when no more bytes come. */
public enum StreamEnd {
    /** Whole frames only, and none of them an exception. */
    CLEAN,
    /** Whole frames only, one of them an exception or error. */
    EXCEPTION,
    /** The last frame is incomplete. */
    TRUNCATED,
    /** The bytes are not what the format allows. */
    CORRUPT
}
