package io.bedrockproxy.server.command;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.bedrockproxy.server.PolicyDocument;
import io.bedrockproxy.server.PolicyDocuments;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;

/** What {@code policy --json} prints. */
final class PolicyReport {
    private PolicyReport() {}

    static String json(PolicyDocuments policies) {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = new JsonFactory().createGenerator(text)) {
            json.useDefaultPrettyPrinter();
            json.writeStartObject();
            json.writeArrayFieldStart("documents");
            for (PolicyDocument document : policies.documents()) {
                json.writeStartObject();
                json.writeStringField("subject", document.subject());
                json.writeStringField("arn", document.arn());
                json.writeStringField("kind", document.kind().toString());
                json.writeStringField("where", document.where());
                json.writeFieldName("policy");
                json.writeRawValue(document.json());
                json.writeEndObject();
            }
            json.writeEndArray();
            json.writeArrayFieldStart("notes");
            for (String note : policies.notes()) {
                json.writeString(note);
            }
            json.writeEndArray();
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e); // never: it writes to a string
        }
        return text.toString();
    }
}
