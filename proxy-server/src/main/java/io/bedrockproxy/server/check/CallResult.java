package io.bedrockproxy.server.check;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What became of one request to an endpoint. */
sealed interface CallResult {
    /**
     * An answer.
     *
     * @param status its status
     * @param errorType the value of {@code x-amzn-errortype}; empty when there is none
     * @param body the beginning of its body, as text
     * @param ahead how far this machine's clock is ahead of the answer's date; null when it has none
     */
    record Answered(
            int status,
            String errorType,
            String body,
            @Nullable Duration ahead) implements CallResult {
        /** A body may repeat what a request was signed with. */
        @Override
        public String toString() {
            return "Answered[" + status + ']';
        }
    }

    /**
     * None.
     *
     * @param obstacle why
     * @param detail what was seen
     */
    record Unreached(Obstacle obstacle, String detail) implements CallResult {}
}
