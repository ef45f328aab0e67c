package io.bedrockproxy.core.body;

import io.bedrockproxy.core.body.JsonString.Step;
import java.nio.ByteBuffer;
import java.util.BitSet;
import org.jspecify.annotations.Nullable;

/**
 * Checks that a document is one JSON object (RFC 8259, in UTF-8, without a byte order mark), piece by piece as it arrives,
 * and reports the keys of that object. Strict, so that another reader which takes the document for JSON at all reads the
 * same; and in constant memory, which is why it is no library's parser: Jackson's non-blocking one keeps every string whole,
 * as UTF-16, and in these bodies strings are images of megabytes.
 */
final class JsonScanner {
    /** As deep as Jackson goes; deeper documents are attacks. */
    static final int MAX_DEPTH = 1000;

    /** Longer than any key that somebody looks for. */
    static final int KEPT_KEY_CHARS = 32;

    /** What may come next. */
    private enum State {
        DOCUMENT,
        VALUE,
        VALUE_OR_END,
        KEY,
        KEY_OR_END,
        COLON,
        STRING,
        NUMBER,
        BEHIND_VALUE,
        END
    }

    private final JsonEvents events;
    private final JsonString string = new JsonString();
    private final JsonNumber number = new JsonNumber();
    private final BitSet isObject = new BitSet();
    private State state = State.DOCUMENT;
    private int depth;
    private boolean isKey;
    private int wanted;
    private @Nullable String wrong;

    JsonScanner(JsonEvents events) {
        this.events = events;
    }

    /** Reads on; consumes all of {@code piece}. */
    void feed(ByteBuffer piece) {
        while (piece.hasRemaining() && wrong == null) {
            byte octet = piece.get();
            if (state == State.STRING) {
                while (string.isPlain(octet) && piece.hasRemaining()) {
                    octet = piece.get();
                }
                inString(octet);
            } else {
                step(octet & 0xff);
            }
        }
        piece.position(piece.limit());
    }

    /** What is wrong with the document that ends here, or null when nothing is. */
    @Nullable
    String finish() {
        return wrong == null && state != State.END ? "is not a whole JSON object" : wrong;
    }

    private void inString(byte octet) {
        Step step = string.accept(octet);
        if (step == Step.BROKEN) {
            fail("is not valid JSON in UTF-8");
        } else if (step == Step.ENDED && isKey) {
            wanted = depth == 1 ? events.key(string.text()) : 0;
            state = State.COLON;
        } else if (step == Step.ENDED) {
            if (wanted > 0) {
                wanted = 0;
                events.text(string.text());
            }
            state = State.BEHIND_VALUE;
        }
    }

    private void step(int b) {
        if (state == State.NUMBER) {
            if (number.accept(b)) {
                return;
            }
            if (!number.isWhole()) {
                fail("is not valid JSON");
                return;
            }
            state = State.BEHIND_VALUE;
        }
        if (b == ' ' || b == '\n' || b == '\r' || b == '\t') {
            return;
        }
        switch (state) {
            case DOCUMENT -> expect(b == '{', "is not a JSON object", () -> open(true));
            case VALUE -> value(b);
            case VALUE_OR_END -> {
                if (b == ']') {
                    close(false);
                } else {
                    value(b);
                }
            }
            case KEY -> expect(b == '"', "is not valid JSON", this::key);
            case KEY_OR_END -> {
                if (b == '}') {
                    close(true);
                } else {
                    expect(b == '"', "is not valid JSON", this::key);
                }
            }
            case COLON -> expect(b == ':', "is not valid JSON", () -> state = State.VALUE);
            case BEHIND_VALUE -> behindValue(b);
            case END -> fail("goes on behind its JSON object");
            case STRING, NUMBER -> throw new IllegalStateException("handled before");
        }
    }

    private void expect(boolean isThere, String otherwise, Runnable next) {
        if (isThere) {
            next.run();
        } else {
            fail(otherwise);
        }
    }

    private void key() {
        isKey = true;
        string.begin(depth == 1 ? KEPT_KEY_CHARS : 0);
        state = State.STRING;
    }

    private void value(int b) {
        if (b == '"') {
            isKey = false;
            string.begin(wanted);
            state = State.STRING;
            return;
        }
        if (wanted > 0) {
            wanted = 0;
            events.otherValue();
        }
        if (b == '{' || b == '[') {
            open(b == '{');
        } else if (number.begin(b)) {
            state = State.NUMBER;
        } else {
            fail("is not valid JSON");
        }
    }

    private void open(boolean object) {
        if (depth == MAX_DEPTH) {
            fail("is nested deeper than " + MAX_DEPTH + " levels");
            return;
        }
        isObject.set(depth++, object);
        state = object ? State.KEY_OR_END : State.VALUE_OR_END;
    }

    private void close(boolean object) {
        if (isObject.get(depth - 1) != object) {
            fail("is not valid JSON");
            return;
        }
        depth--;
        state = depth == 0 ? State.END : State.BEHIND_VALUE;
    }

    private void behindValue(int b) {
        switch (b) {
            case ',' -> state = isObject.get(depth - 1) ? State.KEY : State.VALUE;
            case '}' -> close(true);
            case ']' -> close(false);
            default -> fail("is not valid JSON");
        }
    }

    private void fail(String why) {
        wrong = why;
    }
}
