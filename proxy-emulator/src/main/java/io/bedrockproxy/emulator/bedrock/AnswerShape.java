package io.bedrockproxy.emulator.bedrock;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.bedrockproxy.emulator.http.HttpField;
import java.util.List;

/** How one operation tells what a model generated: whole, or as the events of a stream. */
interface AnswerShape {
    /** The body of an answer that is not streamed. */
    ObjectNode whole(Generation generation, String text);

    /** Headers besides the content type. */
    List<HttpField> headers(Generation generation, boolean stream);

    /** The events before the first word. */
    List<StreamEvent> opening(Generation generation);

    /** The event that carries one piece of the text. */
    StreamEvent delta(Generation generation, int index, String text);

    /** The events after the last word. */
    List<StreamEvent> closing(Generation generation);
}
