package io.bedrockproxy.server.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.bedrockproxy.core.eventstream.ExceptionFrame;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/**
 * One thing that an upstream can do wrong after it has read a request.
 *
 * @param name what it is
 * @param bytes what it sends
 * @param end what it does then
 * @param expected what the client is to see
 */
record UpstreamScenario(String name, byte[] bytes, End end, Expectation expected) {
    /** How an upstream leaves off. */
    enum End {
        CLOSE,
        RESET,
        /** Keeps the connection open and silent until the proxy closes it. */
        HOLD
    }

    /** What the client is to see. */
    interface Expectation {
        /** Fails when {@code received} is something else. */
        void check(Received received);
    }

    static UpstreamScenario of(String name, End end, String bytes, Expectation expected) {
        return new UpstreamScenario(name, bytes.getBytes(StandardCharsets.ISO_8859_1), end, expected);
    }

    /** The proxy answers in the upstream's place, and says why. */
    static Expectation failure(int status, String kind) {
        return received -> {
            assertThat(received.status()).isEqualTo(status);
            assertThat(received.failure()).isEqualTo(kind);
            assertThat(received.isWhole()).isTrue();
        };
    }

    /** The upstream broke HTTP's rules before its answer had begun. */
    static Expectation broken() {
        return failure(502, "upstream-broken");
    }

    /** The answer had begun: so much of it came, and the client sees that it is not all. */
    static Expectation cut(String body) {
        return received -> {
            assertThat(received.status()).isEqualTo(200);
            assertThat(received.text()).isEqualTo(body);
            assertThat(received.isWhole()).as("a cut answer shown as whole").isFalse();
        };
    }

    /** A failure, or a part of the answer that is visibly cut: which one depends on how far reading had come. */
    static Expectation brokenOrCut(String body) {
        return received -> {
            if (received.status() == 200) {
                assertThat(body).startsWith(received.text());
                assertThat(received.isWhole()).as("a cut answer shown as whole").isFalse();
            } else {
                broken().check(received);
            }
        };
    }

    /** A whole answer of the upstream. */
    static Expectation whole(int status, String body) {
        return received -> {
            assertThat(received.status()).isEqualTo(status);
            assertThat(received.failure()).isEmpty();
            assertThat(received.text()).isEqualTo(body);
            assertThat(received.isWhole()).isTrue();
        };
    }

    /** The event stream {@code begun} ends with an exception frame. */
    static Expectation exceptionFrame(byte[] begun, String message) {
        return received -> {
            assertThat(received.status()).isEqualTo(200);
            assertThat(received.body())
                    .isEqualTo(Responses.join(begun, ExceptionFrame.encode("modelStreamErrorException", message)));
        };
    }

    /** Nothing came and the connection died: on a pooled connection, and only there, the request is sent once more. */
    boolean isRepeatable() {
        return bytes.length == 0 && end != End.HOLD;
    }

    /** Plays it on one connection. */
    boolean play(Socket socket, OutputStream out) throws IOException {
        out.write(bytes);
        out.flush();
        switch (end) {
            case RESET -> socket.setSoLinger(true, 0);
            case HOLD -> {
                if (socket.getInputStream().read() >= 0) {
                    throw new IllegalStateException("the connection was used again: " + name);
                }
            }
            case CLOSE -> {}
        }
        return false;
    }

    @Override
    public String toString() {
        return name + ", " + end;
    }
}
