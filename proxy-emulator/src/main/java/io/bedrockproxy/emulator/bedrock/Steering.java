package io.bedrockproxy.emulator.bedrock;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a model id of the form {@code emulator.*} asks for. */
sealed interface Steering {
    /** An ordinary model. */
    record None() implements Steering {}

    /** {@code emulator.pace-<ms>-<frames>-<bytes>}: so many deltas of so many bytes, so far apart. */
    record Pace(int millis, int frames, int bytes) implements Steering {}

    /** {@code emulator.delay-<ms>}: silence before the head. */
    record Delay(int millis) implements Steering {}

    /** {@code emulator.size-<bytes>}: a body of this size (a stream: about), as fast as the reader takes it. */
    record Size(long bytes) implements Steering {}

    /** {@code emulator.error-<ExceptionName>}: this error instead of an answer. */
    record Failing(String exception) implements Steering {}

    /** {@code emulator.midstream-<ExceptionName>-<after frames>}: an exception frame behind so many frames. */
    record Midstream(String exception, int afterFrames) implements Steering {}

    /** {@code emulator.cut-<after frames>}: the connection or stream breaks behind so many frames. */
    record Cut(int afterFrames) implements Steering {}

    /** An {@code emulator.} id that has none of these forms. */
    record Unknown() implements Steering {}

    /** Reads an id; {@code bare} is without ARN and geography prefix. */
    static Steering of(String bare) {
        if (!bare.startsWith("emulator.")) {
            return new None();
        }
        String order = bare.substring("emulator.".length());
        Matcher match = Forms.PACE.matcher(order);
        if (match.matches()) {
            return new Pace(number(match, 1), number(match, 2), number(match, 3));
        }
        match = Forms.ONE_NUMBER.matcher(order);
        if (match.matches()) {
            return switch (match.group(1)) {
                case "delay" -> new Delay(number(match, 2));
                case "size" -> new Size(Long.parseLong(match.group(2)));
                default -> new Cut(number(match, 2));
            };
        }
        match = Forms.EXCEPTION.matcher(order);
        if (match.matches()) {
            return match.group(1) != null
                    ? new Failing(match.group(1))
                    : new Midstream(match.group(2), number(match, 3));
        }
        return new Unknown();
    }

    private static int number(Matcher match, int group) {
        return Integer.parseInt(match.group(group));
    }

    /** The forms that are understood; numbers fit their types. */
    final class Forms {
        private static final Pattern PACE = Pattern.compile("pace-(\\d{1,8})-(\\d{1,8})-(\\d{1,8})");
        private static final Pattern ONE_NUMBER = Pattern.compile("(delay|size|cut)-(\\d{1,9})");
        private static final Pattern EXCEPTION =
                Pattern.compile("(?:error-([A-Z][A-Za-z]*)|midstream-([A-Z][A-Za-z]*)-(\\d{1,8}))");

        private Forms() {}
    }
}
