package io.bedrockproxy.server.stream;

import io.bedrockproxy.server.LocalProxy;
import java.io.IOException;
import java.util.Map;

/** A way to ask the proxy for an event stream, each with an end of its own that a client can believe. */
enum Protocol {
    HTTP_1_0,
    HTTP_1_1,
    HTTP_2;

    static final String STREAM_PATH = "/model/anthropic.claude-v2/invoke-with-response-stream";

    /** One request on a connection of its own. */
    Received call(LocalProxy proxy, String accept) throws IOException {
        return call(proxy, STREAM_PATH, accept);
    }

    /** One request on a connection of its own. */
    Received call(LocalProxy proxy, String path, String accept) throws IOException {
        if (this == HTTP_2) {
            try (Http2Client client = new Http2Client(proxy.address())) {
                Http2Call call = client.newCall()
                        .head(
                                "POST",
                                path,
                                Map.of(
                                        "authorization",
                                        "Bearer " + proxy.secret(),
                                        "content-type",
                                        "application/json",
                                        "accept",
                                        accept),
                                false);
                call.data(new byte[] {'{', '}'}, 2, true);
                return call.receive();
            }
        }
        try (Http1Client client = new Http1Client(proxy.address())) {
            client.send(post(proxy, path, accept, 2) + "{}");
            return client.receive();
        }
    }

    /** The head of a POST. */
    String post(LocalProxy proxy, String path, String accept, long length) {
        return """
                POST %s HTTP/1.%d\r
                host: proxy.test\r
                authorization: Bearer %s\r
                content-type: application/json\r
                accept: %s\r
                content-length: %d\r
                \r
                """.formatted(path, this == HTTP_1_0 ? 0 : 1, proxy.secret(), accept, length);
    }
}
