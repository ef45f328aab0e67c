package io.bedrockproxy.core.failure;

/** Whose error body a client expects. */
public enum ErrorShape {
    /** {@code {"message": ...}}. */
    AWS,
    /** {@code {"error": {...}}}. */
    OPENAI,
    /** {@code {"type": "error", "error": {...}}}. */
    ANTHROPIC
}
