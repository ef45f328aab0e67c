package io.bedrockproxy.server.command;

/** Commands to paste into a terminal. */
final class CurlLines {
    private static final String INVOKE_BODY = "{\"anthropic_version\":\"bedrock-2023-05-31\",\"max_tokens\":200,"
            + "\"messages\":[{\"role\":\"user\",\"content\":\"Say hello\"}]}";
    private static final String CONVERSE_BODY =
            "{\"messages\":[{\"role\":\"user\",\"content\":[{\"text\":\"Say hello\"}]}]}";
    private static final String JSON = "-H 'Content-Type: application/json' ";
    /** -N, because curl keeps output back otherwise; SSE, because a terminal cannot show event-stream frames. */
    private static final String STREAM = "-N -H 'Accept: text/event-stream' ";

    private CurlLines() {}

    /** InvokeModel; {@code options} end with a space. */
    static String invoke(String endpoint, String options, String modelId) {
        return line(options, INVOKE_BODY, endpoint, modelId, "invoke");
    }

    /** InvokeModelWithResponseStream, as Server-Sent Events. */
    static String invokeStream(String endpoint, String options, String modelId) {
        return line(STREAM + options, INVOKE_BODY, endpoint, modelId, "invoke-with-response-stream");
    }

    /** Converse. */
    static String converse(String endpoint, String options, String modelId) {
        return line(options, CONVERSE_BODY, endpoint, modelId, "converse");
    }

    /** ConverseStream, as Server-Sent Events. */
    static String converseStream(String endpoint, String options, String modelId) {
        return line(STREAM + options, CONVERSE_BODY, endpoint, modelId, "converse-stream");
    }

    private static String line(String options, String body, String endpoint, String modelId, String operation) {
        String url = endpoint + "/model/" + modelId + "/" + operation;
        return "curl " + options + JSON + "-d '" + body + "' '" + url + "'";
    }
}
