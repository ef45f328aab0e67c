package io.bedrockproxy.server.check;

import java.util.List;

/** Finds lines of a report. */
final class CheckLines {
    private CheckLines() {}

    static List<String> failed(CheckReport report) {
        return report.results().stream()
                .filter(result -> result.state() == CheckState.FAILED)
                .map(CheckResult::name)
                .toList();
    }

    static String line(CheckReport report, String name) {
        return report.lines().stream()
                .filter(line -> line.substring(9).startsWith(name + ": "))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no line " + name + " in " + report.lines()));
    }
}
