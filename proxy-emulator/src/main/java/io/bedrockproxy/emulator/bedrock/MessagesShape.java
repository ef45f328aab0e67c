package io.bedrockproxy.emulator.bedrock;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.bedrockproxy.emulator.http.HttpField;
import java.util.ArrayList;
import java.util.List;

/** Anthropic's messages: what InvokeModel answers for Anthropic's models, in Server-Sent Events when streamed. */
record MessagesShape() implements AnswerShape {
    private static final AnthropicFamily FAMILY = new AnthropicFamily();

    @Override
    public ObjectNode whole(Generation generation, String text) {
        return FAMILY.whole(generation, text);
    }

    @Override
    public List<HttpField> headers(Generation generation, boolean stream) {
        return List.of();
    }

    @Override
    public String streamType() {
        return SERVER_SENT_EVENTS;
    }

    @Override
    public List<StreamEvent> opening(Generation generation) {
        List<StreamEvent> opening = new ArrayList<>();
        FAMILY.opening(generation).forEach(event -> opening.add(ServerSentEvent.typed(event)));
        opening.add(ServerSentEvent.typed(Json.object().put("type", "ping")));
        return opening;
    }

    @Override
    public StreamEvent delta(Generation generation, int index, String text) {
        return ServerSentEvent.typed(FAMILY.delta(generation, index, text));
    }

    @Override
    public List<StreamEvent> closing(Generation generation) {
        List<StreamEvent> closing = new ArrayList<>();
        FAMILY.closing(generation).forEach(event -> closing.add(ServerSentEvent.typed(event)));
        return closing;
    }

    @Override
    public byte[] exception(ApiStyle.Fault fault) {
        return ServerSentEvent.typed(ApiStyle.ANTHROPIC.body(fault)).bytes();
    }
}
