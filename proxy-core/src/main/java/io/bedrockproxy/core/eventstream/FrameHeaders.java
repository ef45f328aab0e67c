package io.bedrockproxy.core.eventstream;

import org.jspecify.annotations.Nullable;

/**
 * Those headers of a frame that tell what it is; null where a header is absent or no string.
 *
 * @param messageType {@code event}, {@code exception} or {@code error}
 * @param eventType the kind of an event
 * @param exceptionType the name of a modelled exception
 * @param errorCode the name of an unmodelled error
 * @param errorMessage the text of an unmodelled error
 */
record FrameHeaders(
        @Nullable String messageType,
        @Nullable String eventType,
        @Nullable String exceptionType,
        @Nullable String errorCode,
        @Nullable String errorMessage) {
    private static final String UNNAMED = "unknownException";

    /** Whether the frame is the upstream's way to say that the stream failed. */
    boolean isFailure() {
        return "exception".equals(messageType) || "error".equals(messageType);
    }

    /** What a failure is called. */
    String failureType() {
        if (exceptionType != null) {
            return exceptionType;
        }
        return errorCode != null ? errorCode : UNNAMED;
    }
}
