package io.bedrockproxy.emulator.bedrock;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.bedrockproxy.emulator.http.HttpField;
import java.util.List;

/**
 * OpenAI's responses.
 *
 * @param id the response's
 * @param created in seconds since 1970
 */
record ResponsesShape(String id, long created) implements AnswerShape {
    /** Events before the first word. */
    private static final int OPENING = 4;

    @Override
    public ObjectNode whole(Generation generation, String text) {
        ObjectNode answer = response(generation, "completed");
        answer.withArray("output").add(message(text, "completed"));
        answer.set("usage", usage(generation));
        return answer;
    }

    private ObjectNode response(Generation generation, String status) {
        ObjectNode response = Json.object()
                .put("id", id)
                .put("object", "response")
                .put("created_at", created)
                .put("status", status)
                .put("background", false)
                .putNull("error")
                .putNull("incomplete_details")
                .putNull("instructions")
                .putNull("max_output_tokens")
                .put("model", generation.model());
        response.putArray("output");
        response.put("parallel_tool_calls", true)
                .putNull("previous_response_id")
                .put("store", true)
                .put("temperature", 1.0)
                .put("tool_choice", "auto")
                .put("top_p", 1.0)
                .put("truncation", "disabled")
                .putNull("usage")
                .putNull("user");
        response.putObject("reasoning").putNull("effort").putNull("summary");
        response.putObject("text").putObject("format").put("type", "text");
        response.putArray("tools");
        response.putObject("metadata");
        return response;
    }

    private ObjectNode message(String text, String status) {
        ObjectNode message = Json.object()
                .put("id", messageId())
                .put("type", "message")
                .put("status", status)
                .put("role", "assistant");
        message.putArray("content");
        if (status.equals("completed")) {
            message.withArray("content").add(part(text));
        }
        return message;
    }

    private String messageId() {
        return id.replace("resp_", "msg_");
    }

    private static ObjectNode part(String text) {
        ObjectNode part = Json.object().put("type", "output_text").put("text", text);
        part.putArray("annotations");
        part.putArray("logprobs");
        return part;
    }

    private static ObjectNode usage(Generation generation) {
        ObjectNode usage = Json.object()
                .put("input_tokens", generation.inputTokens())
                .put("output_tokens", generation.outputTokens())
                .put("total_tokens", generation.totalTokens());
        usage.putObject("input_tokens_details").put("cached_tokens", 0);
        usage.putObject("output_tokens_details").put("reasoning_tokens", 0);
        return usage;
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
    public boolean isNumbered() {
        return true;
    }

    private static ObjectNode event(String type, int number) {
        return Json.object().put("type", "response." + type).put("sequence_number", number);
    }

    private ObjectNode inPart(String type, int number) {
        return event(type, number)
                .put("item_id", messageId())
                .put("output_index", 0)
                .put("content_index", 0);
    }

    @Override
    public List<StreamEvent> opening(Generation generation) {
        ObjectNode created = event("created", 0);
        created.set("response", response(generation, "in_progress"));
        ObjectNode progress = event("in_progress", 1);
        progress.set("response", response(generation, "in_progress"));
        ObjectNode item = event("output_item.added", 2).put("output_index", 0);
        item.set("item", message("", "in_progress"));
        ObjectNode part = inPart("content_part.added", 3);
        part.set("part", part(""));
        return List.of(typed(created), typed(progress), typed(item), typed(part));
    }

    @Override
    public StreamEvent delta(Generation generation, int index, String text) {
        ObjectNode delta = inPart("output_text.delta", OPENING + index).put("delta", text);
        delta.putArray("logprobs");
        return typed(delta);
    }

    @Override
    public List<StreamEvent> closing(Generation generation) {
        int number = OPENING + generation.deltas().count();
        String text = generation.deltas().text();
        ObjectNode done = inPart("output_text.done", number).put("text", text);
        done.putArray("logprobs");
        ObjectNode part = inPart("content_part.done", number + 1);
        part.set("part", part(text));
        ObjectNode item = event("output_item.done", number + 2).put("output_index", 0);
        item.set("item", message(text, "completed"));
        ObjectNode completed = event("completed", number + 3);
        completed.set("response", whole(generation, text));
        return List.of(typed(done), typed(part), typed(item), typed(completed));
    }

    private static StreamEvent typed(ObjectNode json) {
        return ServerSentEvent.typed(json);
    }

    @Override
    public byte[] exception(ApiStyle.Fault fault) {
        ObjectNode error = Json.object()
                .put("type", "error")
                .put("code", "server_error")
                .put("message", fault.message())
                .putNull("param");
        return ServerSentEvent.typed(error).bytes();
    }
}
