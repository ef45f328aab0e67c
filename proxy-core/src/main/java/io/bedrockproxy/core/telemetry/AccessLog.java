package io.bedrockproxy.core.telemetry;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import io.bedrockproxy.core.failure.Failure;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One line of JSON for each exchange, on this class's logger at INFO. Fields, each left out when there is nothing
 * to say: {@code time} (start, RFC 3339), {@code protocol}, {@code client}, {@code operation}, {@code model},
 * {@code region}, {@code status}, {@code failure} (kind), {@code detail}, {@code exception} (reported inside the stream),
 * {@code retry} (signed anew and sent once more: {@code expired-token} or {@code clock}), {@code request_id} (AWS's, or ours for a local reply), {@code request_bytes}, {@code response_bytes} (bodies),
 * {@code first_byte_ms}, {@code duration_ms}, {@code outcome}. Values are escaped as JSON and to ASCII: nobody can forge a line, not even
 * for readers that end lines at U+2028.
 */
public final class AccessLog {
    private static final JsonFactory JSON =
            JsonFactory.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();
    private static final double NANOS_PER_MILLI = 1e6;

    private final Logger logger = LoggerFactory.getLogger(AccessLog.class);

    /** Writes to this class's logger. */
    public AccessLog() {}

    /** Writes one finished record. */
    public void write(ExchangeRecord record) {
        if (logger.isInfoEnabled()) {
            logger.info(line(record));
        }
    }

    static String line(ExchangeRecord record) {
        StringWriter out = new StringWriter(384);
        try (JsonGenerator json = JSON.createGenerator(out)) {
            json.writeStartObject();
            json.writeStringField("time", record.start().toString());
            text(json, "protocol", record.protocol());
            text(json, "client", record.client());
            text(json, "operation", record.operation());
            text(json, "model", record.modelId());
            text(json, "region", record.region());
            if (record.status() != 0) {
                json.writeNumberField("status", record.status());
            }
            Failure failure = record.failure();
            if (failure != null) {
                text(json, "failure", failure.kind().label());
                text(json, "detail", failure.detail().isEmpty() ? null : failure.detail());
            }
            text(json, "exception", record.streamException());
            text(json, "retry", record.retry());
            text(json, "request_id", record.requestId());
            json.writeNumberField("request_bytes", record.requestBytes());
            json.writeNumberField("response_bytes", record.responseBytes());
            if (record.firstByteNanos() >= 0) {
                json.writeNumberField("first_byte_ms", millis(record.firstByteNanos()));
            }
            json.writeNumberField("duration_ms", millis(record.durationNanos()));
            text(
                    json,
                    "outcome",
                    record.outcome() == null ? null : record.outcome().label());
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException("a StringWriter does no I/O", e);
        }
        return out.toString();
    }

    private static void text(JsonGenerator json, String name, @Nullable String value) throws IOException {
        if (value != null) {
            json.writeStringField(name, value);
        }
    }

    /** To the microsecond. */
    private static double millis(long nanos) {
        return Math.round(nanos / NANOS_PER_MILLI * 1000) / 1000.0;
    }
}
