package io.bedrockproxy.emulator.bedrock;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.bedrockproxy.emulator.eventstream.FrameEncoder;
import io.bedrockproxy.emulator.http.HttpField;
import java.util.List;
import java.util.Locale;

/** How one operation tells what a model generated: whole, or as the events of a stream. */
interface AnswerShape {
    /** The content type of streams that are no native event streams. */
    String SERVER_SENT_EVENTS = "text/event-stream; charset=utf-8";

    /** The content type of its stream. */
    default String streamType() {
        return "application/vnd.amazon.eventstream";
    }

    /** The body of an answer that is not streamed. */
    ObjectNode whole(Generation generation, String text);

    /** Headers besides the content type. */
    List<HttpField> headers(Generation generation, boolean stream);

    /** The events before the first word. */
    List<StreamEvent> opening(Generation generation);

    /** The event that carries one piece of the text. */
    StreamEvent delta(Generation generation, int index, String text);

    /** Whether events count themselves, so that no two are alike. */
    default boolean isNumbered() {
        return false;
    }

    /** The events after the last word. */
    List<StreamEvent> closing(Generation generation);

    /** What ends a stream that fails on its way. */
    default byte[] exception(ApiStyle.Fault fault) {
        String type = fault.name().substring(0, 1).toLowerCase(Locale.ROOT)
                + fault.name().substring(1);
        return FrameEncoder.exception(type, Json.bytes(ApiStyle.AWS.body(fault)));
    }
}
