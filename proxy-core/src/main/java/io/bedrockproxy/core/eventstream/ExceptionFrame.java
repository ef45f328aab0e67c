package io.bedrockproxy.core.eventstream;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;

/**
 * The frame that ends a stream with an error which every AWS SDK raises as an exception. For streams that the upstream
 * cut at a frame boundary.
 */
public final class ExceptionFrame {
    private static final int STRING = 7;
    private static final int MAX_TYPE_LENGTH = 255;

    private ExceptionFrame() {}

    /**
     * Makes one complete frame.
     *
     * @param exceptionType a member of the operation's stream union, such as {@code modelStreamErrorException}
     * @param message what the client is told
     */
    public static byte[] encode(String exceptionType, String message) {
        if (exceptionType.isEmpty() || exceptionType.length() > MAX_TYPE_LENGTH) {
            throw new IllegalArgumentException(
                    "exception type length: " + exceptionType.length() + " (expected: 1-" + MAX_TYPE_LENGTH + ")");
        }
        byte[] payload = ExceptionJson.message(message);
        byte[] headers = headers(exceptionType);
        int total = Prelude.OVERHEAD + headers.length + payload.length;
        ByteBuffer frame = ByteBuffer.allocate(total);
        frame.putInt(total).putInt(headers.length).putInt(checksum(frame.array(), 8));
        frame.put(headers).put(payload);
        frame.putInt(checksum(frame.array(), total - 4));
        return frame.array();
    }

    private static byte[] headers(String exceptionType) {
        ByteBuffer headers = ByteBuffer.allocate(256 + 3 * exceptionType.length());
        putHeader(headers, ":exception-type", exceptionType);
        putHeader(headers, ":content-type", "application/json");
        putHeader(headers, ":message-type", "exception");
        byte[] block = new byte[headers.flip().remaining()];
        headers.get(block);
        return block;
    }

    private static void putHeader(ByteBuffer out, String name, String value) {
        byte[] valueBytes = value.getBytes(StandardCharsets.UTF_8);
        out.put((byte) name.length()).put(name.getBytes(StandardCharsets.US_ASCII));
        out.put((byte) STRING).putShort((short) valueBytes.length).put(valueBytes);
    }

    private static int checksum(byte[] bytes, int length) {
        CRC32 crc = new CRC32();
        crc.update(bytes, 0, length);
        return (int) crc.getValue();
    }
}
