package io.bedrockproxy.core.eventstream;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** The JSON of exceptions: in a frame's payload, and as the data of a Server-Sent Event. */
final class ExceptionJson {
    private static final JsonFactory JSON = new JsonFactory();
    private static final String TYPE = "type";
    private static final String MESSAGE = "message";

    private ExceptionJson() {}

    /** A payload as AWS writes it. */
    static byte[] message(String message) {
        return write(json -> json.writeStringField(MESSAGE, message));
    }

    /** An exception with its name, as an event's data. */
    static byte[] typed(String type, String message) {
        return write(json -> {
            json.writeStringField(TYPE, type);
            json.writeStringField(MESSAGE, message);
        });
    }

    /** As {@link #typed(String, String)} with all fields of a frame's payload; one that is no JSON is the message. */
    static byte[] typed(String type, byte[] payload, int length) {
        try {
            return write(json -> {
                json.writeStringField(TYPE, type);
                copyFields(payload, length, json);
            });
        } catch (UncheckedIOException e) {
            return typed(type, new String(payload, 0, length, StandardCharsets.UTF_8));
        }
    }

    /** Some of AWS's answers spell it {@code Message}; whoever reads this data finds {@code message} anyway. */
    private static void copyFields(byte[] payload, int length, JsonGenerator json) throws IOException {
        boolean hasMessage = false;
        String capitalMessage = "";
        try (JsonParser parser = JSON.createParser(payload, 0, length)) {
            require(parser.nextToken() == JsonToken.START_OBJECT);
            for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
                JsonToken value = parser.nextToken();
                if (name.equals("Message") && value == JsonToken.VALUE_STRING) {
                    capitalMessage = parser.getText();
                }
                if (!name.equals(TYPE)) {
                    hasMessage |= name.equals(MESSAGE);
                    json.writeFieldName(name);
                    json.copyCurrentStructure(parser);
                }
            }
            require(parser.currentToken() == JsonToken.END_OBJECT && parser.nextToken() == null);
        }
        if (!hasMessage) {
            json.writeStringField(MESSAGE, capitalMessage);
        }
    }

    private static void require(boolean isObject) throws IOException {
        if (!isObject) {
            throw new IOException("not one JSON object");
        }
    }

    private static byte[] write(Fields fields) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(256);
        try (JsonGenerator json = JSON.createGenerator(out)) {
            json.writeStartObject();
            fields.write(json);
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    /** Writes the fields of an object. */
    private interface Fields {
        void write(JsonGenerator json) throws IOException;
    }
}
