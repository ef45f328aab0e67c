package io.bedrockproxy.core.header;

import io.bedrockproxy.core.failure.ErrorShape;
import io.bedrockproxy.core.failure.Failure;
import io.bedrockproxy.core.failure.FailureKind;
import io.bedrockproxy.core.http.Header;
import io.bedrockproxy.core.route.Route;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What an {@code Accept} header asks for (RFC 9110 section 12.5.1). Only whether a type is wanted counts, not how much.
 *
 * @param types in lower case, without parameters, and without those that {@code q=0} rules out
 */
record AcceptedTypes(List<String> types) {
    static final String EVENT_STREAM = "application/vnd.amazon.eventstream";

    private static final String SERVER_SENT_EVENTS = "text/event-stream";
    private static final Pattern RULED_OUT = Pattern.compile("(?i).*;\\s*q=0(\\.0{0,3})?\\s*(;.*)?");

    /** What there is instead, for operations that answer with one JSON object. */
    private static final Map<String, String> STREAMING =
            Map.of("InvokeModel", "InvokeModelWithResponseStream", "Converse", "ConverseStream");

    AcceptedTypes {
        types = List.copyOf(types);
    }

    static AcceptedTypes of(@Nullable Header accept) {
        if (accept == null) {
            return new AcceptedTypes(List.of());
        }
        List<String> types = new ArrayList<>(2);
        for (String range : accept.value().split(",", -1)) {
            int parameters = range.indexOf(';');
            String type = (parameters < 0 ? range : range.substring(0, parameters)).strip();
            if (!type.isEmpty() && (parameters < 0 || !RULED_OUT.matcher(range).matches())) {
                types.add(type.toLowerCase(Locale.ROOT));
            }
        }
        return new AcceptedTypes(types);
    }

    /** Whether a native event stream is to be rewritten; who can read one as it is gets it as it is. */
    boolean wantServerSentEvents() {
        return types.contains(SERVER_SENT_EVENTS) && !types.contains(EVENT_STREAM);
    }

    /**
     * Says that a client which reads nothing but Server-Sent Events has asked a native operation that never has any; null
     * in every other case. On the other surfaces the body decides whether there is a stream, and AWS says what is wrong.
     */
    @Nullable
    Failure refuse(Route route) {
        boolean nothingElse = !types.isEmpty() && types.stream().allMatch(SERVER_SENT_EVENTS::equals);
        if (!nothingElse || route.isEventStream() || route.surface().errorShape() != ErrorShape.AWS) {
            return null;
        }
        String operation = route.operation().name();
        String streaming = STREAMING.get(operation);
        return Failure.of(
                FailureKind.BAD_REQUEST,
                operation + " has no stream to answer 'Accept: text/event-stream' with (expected: "
                        + (streaming == null ? "" : "the operation " + streaming + ", or ")
                        + "'Accept: application/json').");
    }
}
