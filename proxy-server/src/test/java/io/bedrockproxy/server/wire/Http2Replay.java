package io.bedrockproxy.server.wire;

import io.bedrockproxy.server.LocalProxy;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http2.DefaultHttp2HeadersDecoder;
import io.netty.handler.codec.http2.Http2Exception;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Sends a twin over HTTP/2 with prior knowledge, frame by frame, and a good request behind it on the same connection. */
final class Http2Replay implements AutoCloseable {
    private static final int PATIENCE_MILLIS = 30_000;
    private static final int MAX_FRAME_BYTES = 16 * 1024;
    private static final int DATA = 0x0;
    private static final int HEADERS = 0x1;
    private static final int RST_STREAM = 0x3;
    private static final int SETTINGS = 0x4;
    private static final int GOAWAY = 0x7;
    private static final int CONTINUATION = 0x9;
    private static final int END_STREAM = 0x1;
    private static final int END_HEADERS = 0x4;
    private static final int ACK = 0x1;
    private static final int PADDED = 0x8;
    private static final int PRIORITY = 0x20;
    /** The case's stream, and that of the good request behind it. */
    private static final int CASE = 1;

    private static final int GOOD = 3;

    private final Socket socket;
    private final DataInputStream in;
    private final OutputStream out;
    private final DefaultHttp2HeadersDecoder hpack = new DefaultHttp2HeadersDecoder(false);
    private final List<Integer> statuses = new ArrayList<>();
    private final StringBuilder text = new StringBuilder();
    private boolean isOver;

    private Http2Replay(Socket socket) throws IOException {
        this.socket = socket;
        in = new DataInputStream(socket.getInputStream());
        out = socket.getOutputStream();
    }

    static Observed play(LocalProxy proxy, Http2Twin twin, String goodPath) throws IOException, Http2Exception {
        try (Socket socket = new Socket()) {
            socket.connect(proxy.address(), PATIENCE_MILLIS);
            socket.setSoTimeout(PATIENCE_MILLIS);
            socket.setTcpNoDelay(true);
            try (Http2Replay replay = new Http2Replay(socket)) {
                replay.play(twin, proxy.secret(), goodPath);
                return new Observed(List.copyOf(replay.statuses), replay.text.toString(), false);
            }
        }
    }

    private void play(Http2Twin twin, String secret, String goodPath) throws IOException, Http2Exception {
        try {
            out.write("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            write(SETTINGS, 0, 0, new byte[0]);
            send(twin, secret);
            if (!isOver) {
                readUntilEndOf(CASE);
            }
            if (!isOver) {
                headers(GOOD, goodHead(goodPath, secret), false);
                write(DATA, END_STREAM, GOOD, "{}".getBytes(StandardCharsets.US_ASCII));
                readUntilEndOf(GOOD);
            }
        } catch (EOFException | SocketException e) {
            // The end of the connection is an answer too.
            isOver = true;
        }
    }

    private void send(Http2Twin twin, String secret) throws IOException, Http2Exception {
        ByteArrayOutputStream block = new ByteArrayOutputStream();
        field(block, ":method", twin.method());
        field(block, ":scheme", "http");
        field(block, ":path", Http2Twin.with(secret, twin.target()));
        if (!twin.authority().isEmpty()) {
            field(block, ":authority", twin.authority());
        }
        for (Http2Twin.Field each : twin.fields()) {
            field(block, each.name(), Http2Twin.with(secret, each.value()));
        }
        boolean hasBody = twin.body().length > 0 || twin.stopsHalfWay();
        headers(CASE, block.toByteArray(), !hasBody);
        while (twin.wire().wantsContinue() && statuses.isEmpty() && !isOver) {
            readFrame();
        }
        for (int sent = 0; sent < twin.body().length; sent += MAX_FRAME_BYTES) {
            int end = Math.min(twin.body().length, sent + MAX_FRAME_BYTES);
            boolean isLast = end == twin.body().length;
            write(DATA, isLast ? END_STREAM : 0, CASE, Arrays.copyOfRange(twin.body(), sent, end));
        }
    }

    private static byte[] goodHead(String path, String secret) {
        ByteArrayOutputStream block = new ByteArrayOutputStream();
        field(block, ":method", "POST");
        field(block, ":scheme", "http");
        field(block, ":path", path);
        field(block, ":authority", "localhost");
        field(block, "authorization", "Bearer " + secret);
        return block.toByteArray();
    }

    private void headers(int stream, byte[] block, boolean isEnd) throws IOException {
        int flags = isEnd ? END_STREAM : 0;
        int type = HEADERS;
        for (int sent = 0; sent == 0 || sent < block.length; sent += MAX_FRAME_BYTES) {
            int end = Math.min(block.length, sent + MAX_FRAME_BYTES);
            int last = end == block.length ? END_HEADERS : 0;
            write(type, flags | last, stream, Arrays.copyOfRange(block, sent, end));
            type = CONTINUATION;
            flags = 0;
        }
    }

    /** A literal field without indexing and without Huffman (RFC 7541 section 6.2.2). */
    private static void field(ByteArrayOutputStream block, String name, String value) {
        block.write(0);
        for (String each : new String[] {name, value}) {
            byte[] bytes = each.getBytes(StandardCharsets.ISO_8859_1);
            length(block, bytes.length);
            block.writeBytes(bytes);
        }
    }

    /** With a prefix of seven bits (RFC 7541 section 5.1). */
    private static void length(ByteArrayOutputStream block, int length) {
        if (length < 0x7f) {
            block.write(length);
            return;
        }
        block.write(0x7f);
        int rest = length - 0x7f;
        for (; rest >= 0x80; rest >>>= 7) {
            block.write((rest & 0x7f) | 0x80);
        }
        block.write(rest);
    }

    private void readUntilEndOf(int stream) throws IOException, Http2Exception {
        while (readFrame() != stream && !isOver) {
            // Others: SETTINGS, PING, WINDOW_UPDATE, and what is left of the stream before.
        }
    }

    /** The stream that this frame ended, or 0. */
    private int readFrame() throws IOException, Http2Exception {
        byte[] head = new byte[9];
        in.readFully(head);
        ByteBuffer fields = ByteBuffer.wrap(head);
        int lengthAndType = fields.getInt();
        int flags = fields.get();
        int stream = fields.getInt();
        byte[] payload = new byte[lengthAndType >>> 8];
        in.readFully(payload);
        switch (lengthAndType & 0xff) {
            case SETTINGS -> {
                if ((flags & ACK) == 0) {
                    write(SETTINGS, ACK, 0, new byte[0]);
                }
            }
            case HEADERS -> decode(stream, flags, payload);
            case DATA -> text.append(new String(payload, StandardCharsets.ISO_8859_1));
            case RST_STREAM -> {
                return stream;
            }
            case GOAWAY -> isOver = true;
            default -> {}
        }
        boolean hasEnd = (lengthAndType & 0xff) <= HEADERS && (flags & END_STREAM) != 0;
        return hasEnd ? stream : 0;
    }

    private void decode(int stream, int flags, byte[] payload) throws Http2Exception {
        if ((flags & (PADDED | PRIORITY)) != 0 || (flags & END_HEADERS) == 0) {
            throw new IllegalStateException("flags: " + flags + " (expected: a head in one plain frame)");
        }
        ByteBuf block = Unpooled.wrappedBuffer(payload);
        var decoded = hpack.decodeHeaders(stream, block);
        block.release();
        decoded.forEach(entry -> text.append(entry.getKey())
                .append(": ")
                .append(entry.getValue())
                .append('\n'));
        if (decoded.status() != null && stream == CASE) {
            statuses.add(Integer.parseInt(decoded.status().toString()));
        }
    }

    private void write(int type, int flags, int stream, byte[] payload) throws IOException {
        ByteBuffer frame = ByteBuffer.allocate(9 + payload.length);
        frame.putInt((payload.length << 8) | type)
                .put((byte) flags)
                .putInt(stream)
                .put(payload);
        out.write(frame.array());
        out.flush();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
