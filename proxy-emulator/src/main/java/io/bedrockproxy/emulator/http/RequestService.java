package io.bedrockproxy.emulator.http;

/** Answers whole requests; called on event loops, so it must not block and must be safe on several threads. */
public interface RequestService {
    /** Decides the answer to one request. */
    Answer answer(ReceivedRequest request);
}
