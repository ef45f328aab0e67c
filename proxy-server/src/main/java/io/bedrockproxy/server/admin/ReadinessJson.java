package io.bedrockproxy.server.admin;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;

/** The body of {@code /readyz}. */
final class ReadinessJson {
    private static final JsonFactory JSON = new JsonFactory();

    private ReadinessJson() {}

    static String write(Readiness readiness) {
        StringWriter out = new StringWriter();
        try (JsonGenerator json = JSON.createGenerator(out)) {
            json.writeStartObject();
            json.writeBooleanField("ready", readiness.isReady());
            json.writeBooleanField("draining", readiness.isDraining());
            json.writeArrayFieldStart("credentials");
            for (Readiness.CredentialsLine line : readiness.credentials()) {
                json.writeStartObject();
                json.writeStringField("name", line.name());
                json.writeStringField("state", line.state());
                json.writeStringField("detail", line.detail());
                json.writeEndObject();
            }
            json.writeEndArray();
            Readiness.ConfigurationLine configuration = readiness.configuration();
            json.writeObjectFieldStart("configuration");
            json.writeStringField("state", configuration.state());
            json.writeStringField("since", configuration.since().toString());
            if (!configuration.message().isEmpty()) {
                json.writeStringField("message", configuration.message());
            }
            json.writeEndObject();
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException("a StringWriter does no I/O", e);
        }
        return out.append('\n').toString();
    }
}
