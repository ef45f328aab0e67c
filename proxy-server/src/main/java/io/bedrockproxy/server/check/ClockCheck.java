package io.bedrockproxy.server.check;

import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Compares this machine's clock with the dates of AWS's answers. */
final class ClockCheck {
    private static final String NAME = "clock";
    /** NTP keeps clocks within a second; half a minute is a clock that nobody keeps. */
    private static final Duration NOTABLE = Duration.ofSeconds(30);
    /** Bedrock refuses signatures that are further off (SigV4 there: 5 minutes each way). */
    private static final Duration REFUSED = Duration.ofMinutes(5);

    private ClockCheck() {}

    /** @param ahead how far this machine's clock is ahead of each answer; null where there was none */
    static CheckResult of(List<@Nullable Duration> ahead) {
        Duration worst = ahead.stream()
                .filter(Objects::nonNull)
                .max(Comparator.comparing(Duration::abs))
                .orElse(null);
        if (worst == null) {
            return CheckResult.skipped(NAME, "no endpoint has answered with a date");
        }
        long seconds = Math.round(worst.abs().toMillis() / 1000.0);
        if (worst.abs().compareTo(NOTABLE) < 0) {
            return CheckResult.ok(NAME, "off by " + seconds + " s at most");
        }
        String detail = "off by " + seconds + " s, " + (worst.isNegative() ? "behind" : "ahead of") + " AWS's";
        if (worst.abs().compareTo(REFUSED) < 0) {
            return CheckResult.warning(
                    NAME,
                    detail,
                    "correct it with NTP (chrony, systemd-timesyncd); AWS refuses signatures from 300 s on, and"
                            + " credentials are renewed too early or too late");
        }
        return CheckResult.failed(
                NAME,
                detail,
                "correct it with NTP (chrony, systemd-timesyncd); AWS refuses signatures from 300 s on: the proxy"
                        + " corrects its own after a first refusal, but logs and credentials' ends stay wrong");
    }
}
