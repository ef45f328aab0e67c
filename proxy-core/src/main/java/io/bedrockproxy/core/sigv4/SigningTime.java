package io.bedrockproxy.core.sigv4;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/**
 * One second, in the two forms that a signature needs.
 *
 * @param epochSecond the second
 * @param amzDate as {@code yyyyMMdd'T'HHmmss'Z'}
 * @param date its UTC day as {@code yyyyMMdd}
 */
record SigningTime(long epochSecond, String amzDate, String date) {
    private static final DateTimeFormatter FORMAT =
            DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);

    static SigningTime of(Instant instant) {
        String amzDate = FORMAT.format(instant);
        return new SigningTime(instant.getEpochSecond(), amzDate, amzDate.substring(0, 8));
    }
}
