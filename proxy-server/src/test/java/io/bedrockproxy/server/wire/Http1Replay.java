package io.bedrockproxy.server.wire;

import io.bedrockproxy.server.LocalProxy;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Sends a case over HTTP/1 as it stands, a good request behind it on the same connection, and reads what comes. */
final class Http1Replay implements AutoCloseable {
    /** Far above every deadline that the proxy under test has. */
    private static final int PATIENCE_MILLIS = 30_000;

    private static final Pattern STATUS_LINE = Pattern.compile("HTTP/1\\.[01] (\\d{3}) [\\x20-\\x7e]*");
    private static final Pattern FIELD = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]+: ?[\\x20-\\x7e]*");

    private final Socket socket;
    private final InputStream in;
    private final StringBuilder text = new StringBuilder();
    private final List<Integer> statuses = new ArrayList<>();
    private boolean isMalformed;
    /** Whether a response said that the connection ends with it. */
    private boolean isLast;

    private Http1Replay(Socket socket) throws IOException {
        this.socket = socket;
        in = new BufferedInputStream(socket.getInputStream());
    }

    static Observed play(LocalProxy proxy, WireCase wire, String goodRequest) throws IOException {
        try (Socket socket = new Socket()) {
            socket.connect(proxy.address(), PATIENCE_MILLIS);
            socket.setSoTimeout(PATIENCE_MILLIS);
            socket.setTcpNoDelay(true);
            try (Http1Replay replay = new Http1Replay(socket)) {
                return replay.play(wire, proxy.secret(), goodRequest);
            }
        }
    }

    private Observed play(WireCase wire, String secret, String goodRequest) throws IOException {
        try {
            for (byte[] part : wire.parts(secret)) {
                socket.getOutputStream().write(part);
                if (wire.wantsContinue() && statuses.isEmpty()) {
                    readResponse();
                }
            }
            if (wire.endsOutput()) {
                socket.shutdownOutput();
            } else if (readFinal()) {
                socket.getOutputStream().write(goodRequest.getBytes(StandardCharsets.ISO_8859_1));
                if (isLast) {
                    // Nothing may come of it, and the proxy need not wait for us.
                    socket.shutdownOutput();
                }
            }
        } catch (SocketException e) {
            // Closed or reset while we wrote; what came before that is still to be read.
        }
        readRest();
        return new Observed(List.copyOf(statuses), text.toString(), isMalformed);
    }

    /** Whether a whole final response came and the connection is still there. */
    private boolean readFinal() throws IOException {
        while (readResponse()) {
            if (statuses.get(statuses.size() - 1) >= 200) {
                return true;
            }
        }
        return false;
    }

    private void readRest() throws IOException {
        try {
            while (readResponse() && !isMalformed) {
                // The good request asks for a close behind its answer.
            }
        } catch (SocketException e) {
            // A reset is a close.
        }
    }

    /** False at the end of the connection. */
    private boolean readResponse() throws IOException {
        String statusLine = readLine();
        if (statusLine == null) {
            return false;
        }
        var matcher = STATUS_LINE.matcher(statusLine);
        if (!matcher.matches()) {
            isMalformed = true;
            return false;
        }
        int status = Integer.parseInt(matcher.group(1));
        long length = -1;
        boolean isChunked = false;
        for (String line = readLine(); line != null && !line.isEmpty(); line = readLine()) {
            isMalformed |= !FIELD.matcher(line).matches();
            String lower = line.toLowerCase(Locale.ROOT);
            if (lower.startsWith("content-length:")) {
                length = Long.parseLong(lower.substring(15).strip());
            }
            isLast |= lower.equals("connection: close");
            isChunked |= lower.equals("transfer-encoding: chunked");
        }
        if (status >= 200) {
            readBody(isChunked, length);
        }
        statuses.add(status);
        return true;
    }

    private void readBody(boolean isChunked, long length) throws IOException {
        if (!isChunked) {
            byte[] body = length < 0 ? in.readAllBytes() : in.readNBytes((int) length);
            text.append(new String(body, StandardCharsets.ISO_8859_1));
            return;
        }
        for (int size = chunkSize(); size > 0; size = chunkSize()) {
            text.append(new String(in.readNBytes(size), StandardCharsets.ISO_8859_1));
            readLine();
        }
        readLine();
    }

    private int chunkSize() throws IOException {
        String line = readLine();
        if (line == null) {
            throw new EOFException("cut inside a chunked body");
        }
        return Integer.parseInt(line, 16);
    }

    private @Nullable String readLine() throws IOException {
        StringBuilder line = new StringBuilder();
        for (int next = in.read(); next != '\n'; next = in.read()) {
            if (next < 0) {
                isMalformed |= !line.isEmpty();
                return null;
            }
            line.append((char) next);
        }
        text.append(line).append('\n');
        int end = line.length();
        return end > 0 && line.charAt(end - 1) == '\r' ? line.substring(0, end - 1) : line.toString();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
