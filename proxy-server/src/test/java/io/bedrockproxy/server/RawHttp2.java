package io.bedrockproxy.server;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.ByteBuffer;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;

/**
 * An HTTP/2 client that is told every frame, over a blocking socket, so that a test decides when which frame goes out.
 * One request, on stream 1; answers must fit into the initial windows (64 KiB).
 */
final class RawHttp2 implements AutoCloseable {
    static final int DATA = 0x0;
    static final int HEADERS = 0x1;
    static final int RST_STREAM = 0x3;
    static final int SETTINGS = 0x4;
    static final int PING = 0x6;
    static final int GOAWAY = 0x7;
    static final int WINDOW_UPDATE = 0x8;
    static final int CONTINUATION = 0x9;
    static final int STREAM = 1;
    static final int END_STREAM = 0x1;
    static final int END_HEADERS = 0x4;

    private static final int ACK = 0x1;
    private static final int PATIENCE_MILLIS = 10_000;
    private static final String PREFACE = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n";

    private final Closeable socket;
    private final DataInputStream in;
    private final OutputStream out;

    /** One frame as it came, without its payload. */
    record Frame(int type, int flags, int stream, int length) {
        boolean endsStream() {
            return (type == DATA || type == HEADERS) && (flags & END_STREAM) != 0;
        }
    }

    private static RawHttp2 over(Socket socket) throws IOException {
        socket.setSoTimeout(PATIENCE_MILLIS);
        return new RawHttp2(socket.getInputStream(), socket.getOutputStream(), socket);
    }

    /** On a connection of the test's making. */
    RawHttp2(InputStream in, OutputStream out, Closeable socket) throws IOException {
        this.socket = socket;
        this.in = new DataInputStream(in);
        this.out = out;
        out.write(PREFACE.getBytes(US_ASCII));
        write(SETTINGS, 0, 0, new byte[0]);
    }

    /** By prior knowledge, or over TLS with ALPN that offers nothing but {@code h2}. */
    static RawHttp2 connect(LocalProxy proxy) throws IOException {
        int port = proxy.address().getPort();
        if (proxy.endpoint().getScheme().equals("http")) {
            return over(new Socket(proxy.address().getAddress(), port));
        }
        SSLSocket socket =
                (SSLSocket) CaTrust.context(proxy.caFile()).getSocketFactory().createSocket("localhost", port);
        SSLParameters parameters = socket.getSSLParameters();
        parameters.setApplicationProtocols(new String[] {"h2"});
        socket.setSSLParameters(parameters);
        socket.startHandshake();
        return over(socket);
    }

    /** The whole request. */
    void post(LocalProxy proxy, String path, String body) throws IOException {
        post(proxy.endpoint().getScheme(), proxy.endpoint().getAuthority(), path, proxy.secret(), body);
    }

    void post(String scheme, String authority, String path, String secret, String body) throws IOException {
        write(HEADERS, END_HEADERS, STREAM, head(scheme, authority, path, secret));
        write(DATA, END_STREAM, STREAM, body.getBytes(US_ASCII));
    }

    /** The header block of a POST. */
    static byte[] head(String scheme, String authority, String path, String secret) {
        ByteArrayOutputStream block = new ByteArrayOutputStream();
        field(block, ":method", "POST");
        field(block, ":scheme", scheme);
        field(block, ":path", path);
        field(block, ":authority", authority);
        field(block, "authorization", "Bearer " + secret);
        field(block, "content-type", "application/json");
        return block.toByteArray();
    }

    /** A literal field without indexing and without Huffman (RFC 7541 section 6.2.2). */
    private static void field(ByteArrayOutputStream block, String name, String value) {
        block.write(0);
        for (String text : new String[] {name, value}) {
            if (text.length() >= 0x7f) {
                throw new IllegalArgumentException("length: " + text.length() + " (expected: < 127)");
            }
            block.write(text.length());
            block.writeBytes(text.getBytes(US_ASCII));
        }
    }

    /** No new streams from the peer: what a client says that wants to end once its own streams have ended. */
    void goAway() throws IOException {
        write(GOAWAY, 0, 0, new byte[8]); // last stream 0, as servers open none; NO_ERROR
    }

    /** RST_STREAM with CANCEL: the client does not want the rest. */
    void cancel() throws IOException {
        write(RST_STREAM, 0, STREAM, new byte[] {0, 0, 0, 8});
    }

    /** The next frame; answers SETTINGS by itself. */
    Frame read() throws IOException {
        byte[] head = new byte[9];
        in.readFully(head);
        ByteBuffer fields = ByteBuffer.wrap(head);
        int lengthAndType = fields.getInt();
        int flags = fields.get();
        byte[] payload = new byte[lengthAndType >>> 8];
        int stream = fields.getInt();
        in.readFully(payload);
        Frame frame = new Frame(lengthAndType & 0xff, flags, stream, payload.length);
        if (frame.type() == SETTINGS && (flags & ACK) == 0) {
            write(SETTINGS, ACK, 0, new byte[0]);
        }
        return frame;
    }

    /** One frame as the test wants it. */
    void write(int type, int flags, int stream, byte[] payload) throws IOException {
        ByteBuffer frame = ByteBuffer.allocate(9 + payload.length);
        frame.putInt(payload.length << 8 | type)
                .put((byte) flags)
                .putInt(stream)
                .put(payload);
        out.write(frame.array());
        out.flush();
    }

    /** Anything but a frame. */
    void writeBytes(byte[] bytes) throws IOException {
        out.write(bytes);
        out.flush();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
