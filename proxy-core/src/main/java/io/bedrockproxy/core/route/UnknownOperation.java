package io.bedrockproxy.core.route;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * AWS's answer to a path that it has no operation for. It has been seen with status 200, so that clients took it for the
 * answer of a model.
 */
public final class UnknownOperation {
    /** The known one has 85 bytes. What is longer is an answer, and is never looked at. */
    public static final int MAX_BYTES = 512;

    private static final JsonFactory JSON = new JsonFactory();
    private static final int OK = 200;
    private static final String NAME = "UnknownOperationException";

    private UnknownOperation() {}

    /**
     * Whether an answer with this head may be one: only such a small whole piece of JSON is worth waiting for.
     *
     * @param contentLength the header's value, or null
     */
    public static boolean isPossible(int status, @Nullable String contentType, @Nullable String contentLength) {
        return status == OK
                && contentType != null
                && contentType.toLowerCase(Locale.ROOT).startsWith("application/json")
                && contentLength != null
                && contentLength.length() <= 3
                && Integer.parseInt(contentLength) <= MAX_BYTES;
    }

    /** Whether a whole body says so: a {@code __type} that ends in the exception's name, outermost or one level below. */
    public static boolean isIn(byte[] body) {
        try (JsonParser json = JSON.createParser(body)) {
            int depth = 0;
            for (JsonToken token = json.nextToken(); token != null; token = json.nextToken()) {
                depth += token.isStructStart() ? 1 : token.isStructEnd() ? -1 : 0;
                boolean isType = token == JsonToken.VALUE_STRING && depth <= 2 && "__type".equals(json.currentName());
                if (isType && json.getText().endsWith(NAME)) {
                    return true;
                }
            }
            return false;
        } catch (IOException notJson) {
            return false;
        }
    }
}
