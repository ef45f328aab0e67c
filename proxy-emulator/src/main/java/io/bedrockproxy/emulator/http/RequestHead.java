package io.bedrockproxy.emulator.http;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The head of a request, exactly as received.
 *
 * @param protocol {@code HTTP/1.0}, {@code HTTP/1.1} or {@code h2}
 * @param tls whether it came over TLS
 * @param method as received
 * @param target path and query as received, never decoded
 * @param headers in order of arrival; over HTTP/2 {@code :authority} is listed as {@code host}
 * @param startNanos when the head was complete
 */
public record RequestHead(
        String protocol, boolean tls, String method, String target, List<HttpField> headers, long startNanos) {
    /** Copies the headers. */
    public RequestHead {
        headers = List.copyOf(headers);
    }

    /** The part of the target before the question mark. */
    public String path() {
        int mark = target.indexOf('?');
        return mark < 0 ? target : target.substring(0, mark);
    }

    /** The part of the target after the question mark; empty when there is none. */
    public String query() {
        int mark = target.indexOf('?');
        return mark < 0 ? "" : target.substring(mark + 1);
    }

    /** The first value of a header, whatever the case of its name; null when it is absent. */
    public @Nullable String header(String name) {
        for (HttpField field : headers) {
            if (field.name().equalsIgnoreCase(name)) {
                return field.value();
            }
        }
        return null;
    }

    /** All values of a header in order of arrival. */
    public List<String> headerValues(String name) {
        return headers.stream()
                .filter(field -> field.name().equalsIgnoreCase(name))
                .map(HttpField::value)
                .toList();
    }
}
