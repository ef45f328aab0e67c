package io.bedrockproxy.core.body;

import org.jspecify.annotations.Nullable;

/** One JSON number or literal, byte by byte (RFC 8259 sections 3 and 6); of any length, and nothing of it is kept. */
final class JsonNumber {
    /** What has been read last. */
    private enum State {
        MINUS,
        ZERO,
        INTEGER,
        POINT,
        FRACTION,
        EXPONENT,
        EXPONENT_SIGN,
        EXPONENT_DIGITS,
        LITERAL
    }

    private State state = State.ZERO;
    private String literal = "";
    private int matched;

    /** Whether a value can begin so; if it can, it has. */
    boolean begin(int b) {
        matched = 1;
        switch (b) {
            case 't' -> literal("true");
            case 'f' -> literal("false");
            case 'n' -> literal("null");
            case '-' -> state = State.MINUS;
            case '0' -> state = State.ZERO;
            default -> {
                state = State.INTEGER;
                return isDigit(b);
            }
        }
        return true;
    }

    private void literal(String word) {
        state = State.LITERAL;
        literal = word;
    }

    /** Whether what was taken so far is whole. */
    boolean isWhole() {
        return switch (state) {
            case ZERO, INTEGER, FRACTION, EXPONENT_DIGITS -> true;
            case LITERAL -> matched == literal.length();
            case MINUS, POINT, EXPONENT, EXPONENT_SIGN -> false;
        };
    }

    /** Takes a byte if it can be a part; false leaves everything as it was. */
    boolean accept(int b) {
        @Nullable
        State next = switch (state) {
            case MINUS -> b == '0' ? State.ZERO : digit(b, State.INTEGER);
            case ZERO -> pointOrExponent(b);
            case INTEGER -> isDigit(b) ? State.INTEGER : pointOrExponent(b);
            case POINT -> digit(b, State.FRACTION);
            case FRACTION -> isDigit(b) ? State.FRACTION : exponent(b);
            case EXPONENT -> b == '+' || b == '-' ? State.EXPONENT_SIGN : digit(b, State.EXPONENT_DIGITS);
            case EXPONENT_SIGN, EXPONENT_DIGITS -> digit(b, State.EXPONENT_DIGITS);
            case LITERAL -> matched < literal.length() && literal.charAt(matched) == b ? State.LITERAL : null;
        };
        if (next == null) {
            return false;
        }
        matched++;
        state = next;
        return true;
    }

    private static @Nullable State pointOrExponent(int b) {
        return b == '.' ? State.POINT : exponent(b);
    }

    private static @Nullable State exponent(int b) {
        return b == 'e' || b == 'E' ? State.EXPONENT : null;
    }

    private static @Nullable State digit(int b, State next) {
        return isDigit(b) ? next : null;
    }

    private static boolean isDigit(int b) {
        return b >= '0' && b <= '9';
    }
}
