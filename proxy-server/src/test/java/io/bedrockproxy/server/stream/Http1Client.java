package io.bedrockproxy.server.stream;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/** One HTTP/1 connection to the proxy, byte by byte: whatever a test wants to send is sent. */
final class Http1Client implements AutoCloseable {
    /** Far above what any step takes, so that a test which hangs fails. */
    private static final int PATIENCE_MILLIS = 20_000;

    private final Socket socket;
    private final InputStream in;

    /**
     * The head of a response.
     *
     * @param headers names in lower case
     */
    record Head(int status, Map<String, String> headers) {}

    Http1Client(InetSocketAddress proxy) throws IOException {
        this(proxy, new Socket());
    }

    /** With a socket of the test's making, not connected yet. */
    Http1Client(InetSocketAddress proxy, Socket socket) throws IOException {
        this.socket = socket;
        socket.connect(proxy, PATIENCE_MILLIS);
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(PATIENCE_MILLIS);
        in = new BufferedInputStream(socket.getInputStream());
    }

    /** A small POST on a connection of its own. */
    static Received post(InetSocketAddress proxy, String version, String path, String secret, String... headers)
            throws IOException {
        StringBuilder request =
                new StringBuilder("POST ").append(path).append(" HTTP/").append(version);
        request.append("\r\nHost: proxy\r\nConnection: close\r\nContent-Length: 2\r\nAuthorization: Bearer ")
                .append(secret);
        for (String header : headers) {
            request.append("\r\n").append(header);
        }
        try (Http1Client client = new Http1Client(proxy)) {
            client.send(request.append("\r\n\r\n{}").toString());
            return client.receive();
        }
    }

    void send(String text) throws IOException {
        send(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    void send(byte[] bytes) throws IOException {
        out().write(bytes);
    }

    OutputStream out() throws IOException {
        return socket.getOutputStream();
    }

    /** The next final response. */
    Received receive() throws IOException {
        Head head = readHead();
        while (head.status() < 200) {
            head = readHead();
        }
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        boolean isWhole = head.status() == 204 || readBody(head, body);
        return new Received(head.status(), head.headers(), body.toByteArray(), isWhole);
    }

    /** The next head, be it an interim one. */
    Head readHead() throws IOException {
        String statusLine = readLine();
        Map<String, String> headers = new HashMap<>();
        for (String line = readLine(); !line.isEmpty(); line = readLine()) {
            int colon = line.indexOf(':');
            String name = line.substring(0, colon).toLowerCase(Locale.ROOT);
            headers.merge(name, line.substring(colon + 1).trim(), (a, b) -> a + ", " + b);
        }
        return new Head(Integer.parseInt(statusLine.substring(9, 12)), headers);
    }

    /** The body behind {@code head}; says whether it was whole. */
    boolean readBody(Head head, OutputStream body) throws IOException {
        try {
            if ("chunked".equals(head.headers().get("transfer-encoding"))) {
                return readChunks(body);
            }
            String length = head.headers().get("content-length");
            if (length != null) {
                return copy(Long.parseLong(length), body);
            }
            in.transferTo(body);
            return true;
        } catch (EOFException | SocketException e) {
            return false;
        }
    }

    private boolean readChunks(OutputStream body) throws IOException {
        while (true) {
            int length = Integer.parseInt(readLine(), 16);
            if (!copy(length, body)) {
                return false;
            }
            if (!readLine().isEmpty()) {
                throw new IOException("no line end behind a chunk");
            }
            if (length == 0) {
                return true;
            }
        }
    }

    private boolean copy(long length, OutputStream body) throws IOException {
        byte[] buffer = new byte[64 * 1024];
        for (long left = length; left > 0; ) {
            int read = in.read(buffer, 0, (int) Math.min(left, buffer.length));
            if (read < 0) {
                return false;
            }
            body.write(buffer, 0, read);
            left -= read;
        }
        return true;
    }

    private String readLine() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int next = in.read(); next != '\n'; next = in.read()) {
            if (next < 0) {
                throw new EOFException("closed behind: " + line);
            }
            line.write(next);
        }
        return line.toString(StandardCharsets.ISO_8859_1).stripTrailing();
    }

    /** Waits so long for a byte or the end; says whether it came. */
    boolean hasInput(int millis) throws IOException {
        in.mark(1);
        socket.setSoTimeout(millis);
        try {
            return in.read() >= -1;
        } catch (SocketTimeoutException e) {
            return false;
        } finally {
            socket.setSoTimeout(PATIENCE_MILLIS);
            in.reset();
        }
    }

    /** Waits for the proxy's close; false when it sends something instead. */
    boolean awaitClose() throws IOException {
        try {
            return in.read() < 0;
        } catch (SocketException e) {
            return true;
        }
    }

    /** Leaves by a reset. */
    void reset() throws IOException {
        socket.setSoLinger(true, 0);
        socket.close();
    }

    /** Says that it sends no more. */
    void endOutput() throws IOException {
        socket.shutdownOutput();
    }

    /** Leaves by a FIN, or closes at the end of a test. */
    @Override
    public void close() throws IOException {
        socket.close();
    }
}
