package io.bedrockproxy.core.body;

/**
 * One JSON string, byte by byte: strict UTF-8 (RFC 3629) and escapes (RFC 8259 section 7), so that no other reader can see
 * its end elsewhere. Keeps no more of its text than is wanted, whatever its length.
 */
final class JsonString {
    /** Where a byte has led to. */
    enum Step {
        /** On within the string. */
        INSIDE,
        /** Behind the closing quote. */
        ENDED,
        /** This is no JSON string. */
        BROKEN
    }

    private static final char BEYOND_ASCII = '\ufffd';
    private static final int HEX_DIGITS = 4;

    private final StringBuilder text = new StringBuilder();
    private int wanted;
    private boolean escaped;
    private int hexLeft;
    private int unicode;
    private int continuationLeft;
    private int least = 0x80;
    private int most = 0xbf;

    /** Behind an opening quote; keeps up to {@code characters}. */
    void begin(int characters) {
        wanted = characters;
        text.setLength(0);
    }

    String text() {
        return text.toString();
    }

    /** Whether a byte cannot but be one character of a text that nobody wants: most of a large body is such. */
    boolean isPlain(byte octet) {
        return octet >= ' ' && octet != '"' && octet != '\\' && wanted == 0 && continuationLeft == 0 && !isEscape();
    }

    private boolean isEscape() {
        return escaped || hexLeft > 0;
    }

    Step accept(byte octet) {
        int b = octet & 0xff;
        if (continuationLeft > 0) {
            return continuation(b);
        }
        if (hexLeft > 0) {
            return hexDigit(b);
        }
        if (escaped) {
            return escape(b);
        }
        if (b == '"') {
            return Step.ENDED;
        }
        if (b == '\\') {
            escaped = true;
            return Step.INSIDE;
        }
        if (b >= 0x80) {
            return lead(b);
        }
        return b < ' ' ? Step.BROKEN : add((char) b);
    }

    private Step add(char c) {
        if (text.length() < wanted) {
            text.append(c);
        }
        return Step.INSIDE;
    }

    private Step escape(int b) {
        escaped = false;
        return switch (b) {
            case '"', '\\', '/' -> add((char) b);
            case 'b' -> add('\b');
            case 'f' -> add('\f');
            case 'n' -> add('\n');
            case 'r' -> add('\r');
            case 't' -> add('\t');
            case 'u' -> {
                hexLeft = HEX_DIGITS;
                unicode = 0;
                yield Step.INSIDE;
            }
            default -> Step.BROKEN;
        };
    }

    private Step hexDigit(int b) {
        int digit = b < 0x80 ? Character.digit(b, 16) : -1;
        if (digit < 0) {
            return Step.BROKEN;
        }
        unicode = unicode << 4 | digit;
        hexLeft--;
        return hexLeft > 0 ? Step.INSIDE : add(unicode < 0x80 ? (char) unicode : BEYOND_ASCII);
    }

    /** The table of RFC 3629 section 4: no overlong forms, no surrogates, nothing beyond U+10FFFF. */
    private Step lead(int b) {
        least = 0x80;
        most = 0xbf;
        if (b >= 0xc2 && b <= 0xdf) {
            continuationLeft = 1;
        } else if (b >= 0xe0 && b <= 0xef) {
            continuationLeft = 2;
            least = b == 0xe0 ? 0xa0 : 0x80;
            most = b == 0xed ? 0x9f : 0xbf;
        } else if (b >= 0xf0 && b <= 0xf4) {
            continuationLeft = 3;
            least = b == 0xf0 ? 0x90 : 0x80;
            most = b == 0xf4 ? 0x8f : 0xbf;
        } else {
            return Step.BROKEN;
        }
        return add(BEYOND_ASCII);
    }

    private Step continuation(int b) {
        if (b < least || b > most) {
            return Step.BROKEN;
        }
        least = 0x80;
        most = 0xbf;
        continuationLeft--;
        return Step.INSIDE;
    }
}
