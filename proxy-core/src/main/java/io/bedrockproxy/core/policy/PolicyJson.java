package io.bedrockproxy.core.policy;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Writes a policy document. */
final class PolicyJson {
    private static final JsonFactory JSON = new JsonFactory();

    private final JsonGenerator json;

    private PolicyJson(JsonGenerator json) {
        this.json = json;
    }

    /** Without a superfluous character. */
    static String compact(Consumer<PolicyJson> statements) {
        return document(false, statements);
    }

    /** Indented by two spaces. */
    static String pretty(Consumer<PolicyJson> statements) {
        return document(true, statements);
    }

    private static String document(boolean isPretty, Consumer<PolicyJson> statements) {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = JSON.createGenerator(text)) {
            if (isPretty) {
                DefaultIndenter lines = new DefaultIndenter("  ", "\n");
                DefaultPrettyPrinter printer = new DefaultPrettyPrinter();
                printer.indentArraysWith(lines);
                printer.indentObjectsWith(lines);
                json.setPrettyPrinter(printer);
            }
            json.writeStartObject();
            json.writeStringField("Version", "2012-10-17");
            json.writeArrayFieldStart("Statement");
            statements.accept(new PolicyJson(json));
            json.writeEndArray();
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e); // never: it writes to a string
        }
        return text.toString();
    }

    /**
     * Writes one statement; what is empty is left out.
     *
     * @param conditions values by key by operator
     */
    void statement(
            String effect,
            Map<String, String> principal,
            List<String> actions,
            List<String> resources,
            Map<String, Map<String, List<String>>> conditions) {
        try {
            json.writeStartObject();
            json.writeStringField("Effect", effect);
            if (!principal.isEmpty()) {
                json.writeObjectFieldStart("Principal");
                for (Map.Entry<String, String> one : principal.entrySet()) {
                    json.writeStringField(one.getKey(), one.getValue());
                }
                json.writeEndObject();
            }
            list("Action", actions);
            list("Resource", resources);
            if (!conditions.isEmpty()) {
                json.writeObjectFieldStart("Condition");
                for (Map.Entry<String, Map<String, List<String>>> operator : conditions.entrySet()) {
                    json.writeObjectFieldStart(operator.getKey());
                    for (Map.Entry<String, List<String>> key :
                            operator.getValue().entrySet()) {
                        list(key.getKey(), key.getValue());
                    }
                    json.writeEndObject();
                }
                json.writeEndObject();
            }
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e); // never: it writes to a string
        }
    }

    private void list(String name, List<String> values) throws IOException {
        if (values.size() == 1) {
            json.writeStringField(name, values.get(0));
        } else if (!values.isEmpty()) {
            json.writeFieldName(name);
            json.writeArray(values.toArray(String[]::new), 0, values.size());
        }
    }
}
