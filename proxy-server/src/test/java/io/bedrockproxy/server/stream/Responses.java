package io.bedrockproxy.server.stream;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.function.IntSupplier;

/** Response bytes, as Bedrock writes them. */
final class Responses {
    static final String STREAM_HEAD = """
            HTTP/1.1 200 OK\r
            x-amzn-requestid: 4d7c5f6e-0000-4000-8000-000000000000\r
            content-type: application/vnd.amazon.eventstream\r
            transfer-encoding: chunked\r
            \r
            """;

    private Responses() {}

    static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    /** An answer with a length. */
    static byte[] json(String body) {
        return ascii("HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: " + body.length()
                + "\r\n\r\n" + body);
    }

    /** HTTP chunks without the last one. */
    static byte[] chunks(byte[] body, IntSupplier chunkSize) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (int at = 0; at < body.length; ) {
            int length = Math.min(chunkSize.getAsInt(), body.length - at);
            out.writeBytes(ascii(Integer.toHexString(length) + "\r\n"));
            out.write(body, at, length);
            out.writeBytes(ascii("\r\n"));
            at += length;
        }
        return out.toByteArray();
    }

    static byte[] join(byte[]... parts) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            out.writeBytes(part);
        }
        return out.toByteArray();
    }
}
