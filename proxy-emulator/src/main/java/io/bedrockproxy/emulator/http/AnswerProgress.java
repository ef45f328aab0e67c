package io.bedrockproxy.emulator.http;

/** Told by the transport how far an answer got; called on the event loop. */
public interface AnswerProgress {
    /** Nobody listens. */
    AnswerProgress UNHEARD = new AnswerProgress() {
        @Override
        public void headSent(int status) {}

        @Override
        public void pieceSent(int bytes) {}

        @Override
        public void ended(AnswerEnd end) {}
    };

    /** The head went out with this status. */
    void headSent(int status);

    /** One piece of the body was handed to the network. */
    void pieceSent(int bytes);

    /** The answer is over; called exactly once. */
    void ended(AnswerEnd end);
}
