package io.bedrockproxy.emulator.http;

import java.time.Duration;
import java.util.List;

/** What a service does with a request. */
public sealed interface Answer {
    /** Who hears how far it gets. */
    AnswerProgress progress();

    /**
     * An ordinary answer.
     *
     * @param status the status code
     * @param headers without framing headers; the transport adds those
     * @param body made piece by piece
     * @param delay how long to wait before the head
     * @param progress who hears how far it gets
     */
    record Reply(int status, List<HttpField> headers, AnswerBody body, Duration delay, AnswerProgress progress)
            implements Answer {
        /** Copies the headers. */
        public Reply {
            headers = List.copyOf(headers);
        }
    }

    /** The connection (HTTP/1) or stream (HTTP/2) ends without an answer. */
    record Cut(AnswerProgress progress) implements Answer {}

    /** No answer ever comes. */
    record Hang(AnswerProgress progress) implements Answer {}
}
