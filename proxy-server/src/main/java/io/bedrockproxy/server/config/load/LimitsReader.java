package io.bedrockproxy.server.config.load;

import io.bedrockproxy.server.config.LimitsConfig;
import io.bedrockproxy.server.config.TimeoutsConfig;
import io.bedrockproxy.server.config.hocon.Section;
import io.bedrockproxy.server.config.hocon.Units;
import java.time.Duration;
import java.util.List;

/** Reads {@code limits} and {@code timeouts}, and works out what says {@code auto}. */
final class LimitsReader {
    private static final String AUTO = "auto";
    private static final long KIB = 1L << 10;
    private static final long GIB = 1L << 30;

    private LimitsReader() {}

    static LimitsConfig limits(Section section, MachineLimits machine, List<String> notes) {
        long requestBody = section.size("request-body", KIB, GIB);
        boolean autoBodies = AUTO.equals(section.optionalText("buffered-bodies"));
        long bufferedBodies =
                autoBodies ? machine.bufferedBodiesBytes() : section.size("buffered-bodies", KIB, 1024 * GIB);
        boolean autoConnections = AUTO.equals(section.optionalText("connections"));
        int connections = autoConnections ? machine.connections() : section.number("connections", 1, 1_000_000);
        if (autoBodies) {
            notes.add(section.keyOf("buffered-bodies") + "=" + Units.sizeText(bufferedBodies)
                    + " (auto: a quarter of the memory, heap " + mebibytes(machine.heapBytes()) + " and direct "
                    + mebibytes(machine.directBytes()) + ", at most 256 MiB)");
        }
        if (autoConnections) {
            notes.add(section.keyOf("connections") + "=" + connections + " (auto: from " + machine.fileDescriptors()
                    + " file descriptors and the memory)");
        }
        if (bufferedBodies < requestBody) {
            String message = "only " + Units.sizeText(bufferedBodies) + ": a longer body is refused as overloaded,"
                    + " although request-body allows " + Units.sizeText(requestBody);
            section.warn("buffered-bodies", message);
        }
        return new LimitsConfig(
                requestBody,
                bufferedBodies,
                (int) section.size("head", KIB, KIB << 10),
                section.number("header-count", 10, 10_000),
                connections,
                section.number("streams-per-connection", 1, 100_000));
    }

    static TimeoutsConfig timeouts(Section section) {
        TimeoutsConfig timeouts = new TimeoutsConfig(
                positive(section, "head"),
                positive(section, "body-idle"),
                positive(section, "body"),
                positive(section, "connect"),
                positive(section, "tls"),
                positive(section, "response-head"),
                positive(section, "stream-idle"),
                positive(section, "keep-alive"),
                section.duration("drain-grace", Duration.ZERO, Duration.ofHours(1)),
                section.duration("drain", Duration.ZERO, Duration.ofHours(24)));
        if (timeouts.drain().compareTo(timeouts.drainGrace()) < 0) {
            section.problem(
                    "drain",
                    Units.durationText(timeouts.drain()),
                    "no less than drain-grace, which is " + Units.durationText(timeouts.drainGrace()));
        }
        return timeouts;
    }

    private static String mebibytes(long bytes) {
        return (bytes >> 20) + " MiB";
    }

    private static Duration positive(Section section, String key) {
        return section.duration(key, Duration.ofMillis(1), Duration.ofHours(24));
    }
}
