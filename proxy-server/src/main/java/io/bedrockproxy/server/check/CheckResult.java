package io.bedrockproxy.server.check;

/**
 * One line of {@code check}. Whatever is put into it becomes one line of text without control characters.
 *
 * @param name what was looked at
 * @param state how it ended
 * @param detail what was found
 * @param advice what to do about it; empty where nothing has to be done
 */
public record CheckResult(String name, CheckState state, String detail, String advice) {
    /** Makes lines of the texts. */
    public CheckResult {
        name = line(name);
        detail = line(detail);
        advice = line(advice);
    }

    static CheckResult ok(String name, String detail) {
        return new CheckResult(name, CheckState.OK, detail, "");
    }

    static CheckResult failed(String name, String detail, String advice) {
        return new CheckResult(name, CheckState.FAILED, detail, advice);
    }

    static CheckResult warning(String name, String detail, String advice) {
        return new CheckResult(name, CheckState.WARNING, detail, advice);
    }

    static CheckResult skipped(String name, String detail) {
        return new CheckResult(name, CheckState.SKIPPED, detail, "");
    }

    private static String line(String text) {
        return text.replaceAll("[\\p{Cntrl}\\s]+", " ").strip();
    }
}
