package io.bedrockproxy.core.eventstream;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** The payload of InvokeModel's {@code chunk} events: {@code {"bytes":"<base64>","p":"<padding>"}}. */
final class ChunkPayload {
    private static final JsonFactory JSON = new JsonFactory();

    private ChunkPayload() {}

    /** The bytes that the model made; null when the payload is not of that form. */
    static byte @Nullable [] decode(byte[] payload, int length) {
        ByteArrayOutputStream decoded = new ByteArrayOutputStream(length * 3 / 4);
        try (JsonParser parser = JSON.createParser(payload, 0, length)) {
            return readBytes(parser, decoded) ? decoded.toByteArray() : null;
        } catch (IOException | IllegalArgumentException e) {
            // Jackson reports bad base64 as an illegal argument, unlike bad JSON.
            return null;
        }
    }

    /** Reads to the end of the payload, so that damage behind the bytes does not go unseen either. */
    private static boolean readBytes(JsonParser parser, ByteArrayOutputStream decoded) throws IOException {
        if (parser.nextToken() != JsonToken.START_OBJECT) {
            return false;
        }
        int found = 0;
        for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
            JsonToken value = parser.nextToken();
            if (!name.equals("bytes")) {
                parser.skipChildren();
            } else if (value == JsonToken.VALUE_STRING) {
                parser.readBinaryValue(decoded);
                found++;
            } else {
                return false;
            }
        }
        return found == 1 && parser.currentToken() == JsonToken.END_OBJECT && parser.nextToken() == null;
    }
}
