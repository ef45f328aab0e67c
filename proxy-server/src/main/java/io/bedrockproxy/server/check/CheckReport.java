package io.bedrockproxy.server.check;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Locale;

/**
 * What {@code check} prints.
 *
 * @param results in the order of the lines
 */
public record CheckReport(List<CheckResult> results) {
    private static final JsonFactory JSON = new JsonFactory();

    /** Copies the list. */
    public CheckReport {
        results = List.copyOf(results);
    }

    /** 1 when a check failed, else 0: a warning is no failure. */
    public int exitCode() {
        return results.stream().anyMatch(result -> result.state() == CheckState.FAILED) ? 1 : 0;
    }

    /** One line for each check: {@code state name: detail -- advice}. */
    public List<String> lines() {
        return results.stream().map(CheckReport::line).toList();
    }

    private static String line(CheckResult result) {
        String advice = result.advice().isEmpty() ? "" : " -- " + result.advice();
        return String.format(Locale.ROOT, "%-8s %s: %s%s", result.state(), result.name(), result.detail(), advice);
    }

    /** An array with one object for each check, and a line's end. */
    public String json() {
        StringWriter out = new StringWriter();
        try (JsonGenerator json = JSON.createGenerator(out)) {
            json.writeStartArray();
            for (CheckResult result : results) {
                json.writeStartObject();
                json.writeStringField("name", result.name());
                json.writeStringField("state", result.state().toString());
                json.writeStringField("detail", result.detail());
                json.writeStringField("advice", result.advice());
                json.writeEndObject();
            }
            json.writeEndArray();
        } catch (IOException e) {
            throw new UncheckedIOException("a StringWriter does no I/O", e);
        }
        return out.append('\n').toString();
    }
}
