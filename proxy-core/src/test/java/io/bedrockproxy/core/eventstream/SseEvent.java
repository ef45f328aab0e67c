package io.bedrockproxy.core.eventstream;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.StringJoiner;

/** One event as a client reads it, by the rules of the HTML standard, section 9.2.6. */
record SseEvent(String type, String data) {
    static List<SseEvent> parse(byte[] stream) {
        List<SseEvent> events = new ArrayList<>();
        String type = "";
        StringJoiner data = new StringJoiner("\n");
        boolean hasData = false;
        for (String line : new String(stream, StandardCharsets.UTF_8).split("\r\n|\r|\n", -1)) {
            int colon = line.indexOf(':');
            String name = colon < 0 ? line : line.substring(0, colon);
            String value = colon < 0 ? "" : line.substring(colon + 1).replaceFirst("^ ", "");
            if (line.isEmpty()) {
                if (hasData && data.length() > 0) {
                    events.add(new SseEvent(type, data.toString()));
                }
                type = "";
                data = new StringJoiner("\n");
                hasData = false;
            } else if (name.equals("event")) {
                type = value;
            } else if (name.equals("data")) {
                data.add(value);
                hasData = true;
            }
        }
        return events;
    }
}
