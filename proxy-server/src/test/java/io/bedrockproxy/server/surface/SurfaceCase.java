package io.bedrockproxy.server.surface;

import java.util.ArrayList;
import java.util.List;

/**
 * A request that passes.
 *
 * @param method its method
 * @param path its target
 * @param body a format that takes the model; empty for a request without a body
 * @param operation as the rules name it
 * @param upstream the target that AWS sees; takes the model where it is in the path
 * @param service the service of the signature
 * @param shape whose errors its clients understand
 * @param answer a part of the answer
 */
record SurfaceCase(
        String method,
        String path,
        String body,
        String operation,
        String upstream,
        String service,
        Shape shape,
        String answer) {
    static final String MODEL = "anthropic.claude-3-haiku-20240307-v1:0";

    private static final String CHAT = "{\"model\":\"%s\",\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}";
    private static final String RESPONSE = "{\"model\":\"%s\",\"input\":\"hi\"}";
    private static final String MESSAGE =
            "{\"model\":\"%s\",\"max_tokens\":9,\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}";
    private static final String ASYNC =
            "{\"modelId\":\"%s\",\"modelInput\":{},\"outputDataConfig\":{\"s3OutputDataConfig\":{\"s3Uri\":\"s3://b\"}}}";
    private static final String CONVERSE = "{\"messages\":[{\"role\":\"user\",\"content\":[{\"text\":\"hi\"}]}]}";

    /** Whose error bodies. */
    enum Shape {
        AWS,
        OPENAI,
        ANTHROPIC
    }

    static List<SurfaceCase> all() {
        List<SurfaceCase> all = new ArrayList<>(List.of(
                aws("POST", "/model/%s/converse", CONVERSE, "Converse", "/model/%s/converse", "You said"),
                aws("POST", "/v1/model/%s/converse", CONVERSE, "Converse", "/model/%s/converse", "You said"),
                aws("POST", "/async-invoke", ASYNC, "StartAsyncInvoke", "/async-invoke", "invocationArn"),
                aws("GET", "/async-invoke?maxResults=3", "", "ListAsyncInvokes", "/async-invoke?maxResults=3", "["),
                aws("GET", "/foundation-models", "", "ListFoundationModels", "/foundation-models", "modelSummaries")));
        openAi(all, "/openai/v1", "OpenAI", "/openai/v1", "bedrock");
        openAi(all, "/v1", "OpenAI", "/openai/v1", "bedrock");
        openAi(all, "/bedrock/v1", "OpenAI", "/openai/v1", "bedrock");
        openAi(all, "/mantle/v1", "Mantle", "/v1", "bedrock-mantle");
        openAi(all, "/mantle/openai/v1", "Mantle", "/openai/v1", "bedrock-mantle");
        anthropic(all, "/anthropic/v1", "Anthropic", "bedrock");
        anthropic(all, "/v1", "Anthropic", "bedrock");
        anthropic(all, "/bedrock//anthropic/v1", "Anthropic", "bedrock");
        anthropic(all, "/mantle/anthropic/v1", "Mantle", "bedrock-mantle");
        return all;
    }

    private static SurfaceCase aws(
            String method, String path, String body, String operation, String upstream, String answer) {
        return new SurfaceCase(method, path, body, operation, upstream, "bedrock", Shape.AWS, answer);
    }

    private static void openAi(List<SurfaceCase> all, String base, String name, String upstream, String service) {
        Shape shape = Shape.OPENAI;
        all.add(new SurfaceCase(
                "POST",
                base + "/chat/completions",
                CHAT,
                name + ".ChatCompletions",
                upstream + "/chat/completions",
                service,
                shape,
                "chat.completion"));
        all.add(new SurfaceCase(
                "POST",
                base + "/responses",
                RESPONSE,
                name + ".Responses",
                upstream + "/responses",
                service,
                shape,
                "output_text"));
        all.add(new SurfaceCase(
                "GET", base + "/models", "", name + ".Models", upstream + "/models", service, shape, "\"list\""));
        all.add(new SurfaceCase(
                "GET", base + "/models/%s", "", name + ".Models", upstream + "/models/%s", service, shape, "owned_by"));
    }

    private static void anthropic(List<SurfaceCase> all, String base, String name, String service) {
        Shape shape = Shape.ANTHROPIC;
        String upstream = "/anthropic/v1/messages";
        all.add(new SurfaceCase(
                "POST",
                base + "/messages?beta=true",
                MESSAGE,
                name + ".Messages",
                upstream,
                service,
                shape,
                "end_turn"));
        all.add(new SurfaceCase(
                "POST",
                base + "/messages/count_tokens",
                MESSAGE,
                name + ".CountTokens",
                upstream + "/count_tokens",
                service,
                shape,
                "input_tokens"));
    }

    /** Whether rules for models have something to say. */
    boolean hasModel() {
        return path.contains("%s") || body.contains("%s");
    }

    String targetFor(String model) {
        return path.replace("%s", model);
    }

    String bodyFor(String model) {
        return body.replace("%s", model);
    }

    /** What AWS sees: a model in a path in the AWS SDKs' form. */
    String upstreamFor(String model) {
        return upstream.replace("%s", model.replace(":", "%3A"));
    }

    @Override
    public String toString() {
        return method + ' ' + path;
    }
}
