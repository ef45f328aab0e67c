package io.bedrockproxy.server.config.hocon;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Durations and sizes as operators write them. A number without its unit is refused: nobody agrees on the default. */
public final class Units {
    private static final Pattern QUANTITY = Pattern.compile("\\s*(\\d{1,15}(?:\\.\\d{1,9})?)\\s*([A-Za-z]+)\\s*");
    private static final Map<String, Duration> DURATIONS = Map.ofEntries(
            Map.entry("ms", Duration.ofMillis(1)),
            Map.entry("millis", Duration.ofMillis(1)),
            Map.entry("milliseconds", Duration.ofMillis(1)),
            Map.entry("s", Duration.ofSeconds(1)),
            Map.entry("second", Duration.ofSeconds(1)),
            Map.entry("seconds", Duration.ofSeconds(1)),
            Map.entry("m", Duration.ofMinutes(1)),
            Map.entry("minute", Duration.ofMinutes(1)),
            Map.entry("minutes", Duration.ofMinutes(1)),
            Map.entry("h", Duration.ofHours(1)),
            Map.entry("hour", Duration.ofHours(1)),
            Map.entry("hours", Duration.ofHours(1)),
            Map.entry("d", Duration.ofDays(1)),
            Map.entry("day", Duration.ofDays(1)),
            Map.entry("days", Duration.ofDays(1)));
    private static final Map<String, Long> SIZES = Map.ofEntries(
            Map.entry("b", 1L),
            Map.entry("byte", 1L),
            Map.entry("bytes", 1L),
            Map.entry("kb", 1_000L),
            Map.entry("mb", 1_000_000L),
            Map.entry("gb", 1_000_000_000L),
            Map.entry("k", 1L << 10),
            Map.entry("kib", 1L << 10),
            Map.entry("m", 1L << 20),
            Map.entry("mib", 1L << 20),
            Map.entry("g", 1L << 30),
            Map.entry("gib", 1L << 30));

    private Units() {}

    /** The duration, or null when the text is none or carries no unit. */
    public static @Nullable Duration duration(String text) {
        Matcher matcher = QUANTITY.matcher(text);
        if (!matcher.matches()) {
            return null;
        }
        Duration unit = DURATIONS.get(matcher.group(2).toLowerCase(Locale.ROOT));
        return unit == null ? null : Duration.ofMillis(times(matcher.group(1), unit.toMillis()));
    }

    /** The size in bytes, or null when the text is none or carries no unit. */
    public static @Nullable Long size(String text) {
        Matcher matcher = QUANTITY.matcher(text);
        if (!matcher.matches()) {
            return null;
        }
        Long unit = SIZES.get(matcher.group(2).toLowerCase(Locale.ROOT));
        return unit == null ? null : Long.valueOf(times(matcher.group(1), unit));
    }

    /** A size in the largest unit that leaves no fraction, as start-up messages show it. */
    public static String sizeText(long bytes) {
        if (bytes >= 1 << 20 && bytes % (1 << 20) == 0) {
            return (bytes >> 20) + " MiB";
        }
        return bytes >= 1 << 10 && bytes % (1 << 10) == 0 ? (bytes >> 10) + " KiB" : bytes + " B";
    }

    /** A duration in the largest unit that leaves no fraction. */
    public static String durationText(Duration duration) {
        long millis = duration.toMillis();
        if (millis == 0 || millis % 1000 != 0) {
            return millis + "ms";
        }
        long seconds = millis / 1000;
        if (seconds % 3600 == 0) {
            return seconds / 3600 + "h";
        }
        return seconds % 60 == 0 ? seconds / 60 + "m" : seconds + "s";
    }

    private static long times(String number, long unit) {
        BigDecimal product = new BigDecimal(number).multiply(BigDecimal.valueOf(unit));
        return product.min(BigDecimal.valueOf(Long.MAX_VALUE)).longValue();
    }
}
