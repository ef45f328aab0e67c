package io.bedrockproxy.emulator.http;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** The Date header, from which clients learn how wrong their clock is. */
public final class ResponseDate {
    private static final DateTimeFormatter FORMAT = DateTimeFormatter.ofPattern(
                    "EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ENGLISH)
            .withZone(ZoneOffset.UTC);

    private ResponseDate() {}

    /** The header for {@code now}. */
    public static HttpField at(Instant now) {
        return new HttpField("Date", FORMAT.format(now));
    }
}
