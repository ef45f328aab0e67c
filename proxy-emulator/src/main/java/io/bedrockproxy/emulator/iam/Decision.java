package io.bedrockproxy.emulator.iam;

/** What a policy document says about one request. */
public enum Decision {
    /** A statement allows it and none denies it. */
    ALLOWED,
    /** No statement is about it. */
    IMPLICITLY_DENIED,
    /** A statement denies it. */
    EXPLICITLY_DENIED
}
