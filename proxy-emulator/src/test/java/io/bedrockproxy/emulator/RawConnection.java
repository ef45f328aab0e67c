package io.bedrockproxy.emulator;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.bedrockproxy.emulator.http.HttpField;
import io.bedrockproxy.emulator.signature.SignedRequests;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URI;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;

/** A plain socket to the emulator's Bedrock side that sends literal bytes and reads literal answers. */
final class RawConnection implements AutoCloseable {
    private final URI endpoint;
    private final Socket socket;
    private final InputStream in;

    RawConnection(Emulator emulator) {
        endpoint = emulator.bedrockEndpoint();
        try {
            socket = new Socket(endpoint.getHost(), endpoint.getPort());
            socket.setSoTimeout(10_000);
            in = new BufferedInputStream(socket.getInputStream());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** An answer as it came; the body is without its chunks, one character per byte. */
    record Response(String head, String latin1, boolean whole) {
        byte[] body() {
            return latin1.getBytes(ISO_8859_1);
        }

        int status() {
            return Integer.parseInt(head.substring(9, 12));
        }

        String text() {
            return new String(body(), UTF_8);
        }

        String header(String name) {
            for (String line : head.split("\r\n", -1)) {
                if (line.toLowerCase(Locale.ROOT).startsWith(name + ":")) {
                    return line.substring(name.length() + 1).strip();
                }
            }
            return "";
        }
    }

    /** The bytes of a rightly signed request. */
    static String signed(URI endpoint, String method, String target, String body) {
        SignedRequests signer = SignedRequests.bedrock(
                endpoint,
                Emulator.ACCESS_KEY_ID,
                Emulator.SECRET_ACCESS_KEY,
                InstantSource.system().instant());
        return signed(signer, method, target, body);
    }

    /** The bytes of a request that {@code signer} signs. */
    static String signed(SignedRequests signer, String method, String target, String body) {
        List<HttpField> headers = signer.headers(method, target, body);
        StringBuilder text = new StringBuilder(method + ' ' + target + " HTTP/1.1\r\n");
        headers.forEach(header ->
                text.append(header.name()).append(": ").append(header.value()).append("\r\n"));
        return text.append("Content-Length: ")
                .append(body.getBytes(UTF_8).length)
                .append("\r\n\r\n")
                .append(body)
                .toString();
    }

    RawConnection send(String text) {
        try {
            socket.getOutputStream().write(text.getBytes(UTF_8));
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Sends a rightly signed POST. */
    RawConnection post(String target, String body) {
        return send(signed(endpoint, "POST", target, body));
    }

    Response read() {
        try {
            String head = head();
            ByteArrayOutputStream body = new ByteArrayOutputStream();
            boolean whole = true;
            String lower = head.toLowerCase(Locale.ROOT);
            if (lower.contains("transfer-encoding: chunked")) {
                whole = chunks(body);
            } else if (lower.contains("content-length: ")) {
                int start = lower.indexOf("content-length: ") + "content-length: ".length();
                int length = Integer.parseInt(lower.substring(start, lower.indexOf("\r\n", start)));
                body.write(in.readNBytes(length));
                whole = body.size() == length;
            } else {
                body.write(in.readAllBytes());
            }
            return new Response(head, body.toString(ISO_8859_1), whole);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The head alone; what follows is left unread. */
    String head() throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            int next = in.read();
            if (next < 0) {
                throw new IOException("Closed within the head: " + head);
            }
            head.append((char) next);
        }
        return head.toString();
    }

    private boolean chunks(ByteArrayOutputStream body) throws IOException {
        while (true) {
            StringBuilder size = new StringBuilder();
            int next = in.read();
            while (next >= 0 && next != '\n') {
                size.append((char) next);
                next = in.read();
            }
            if (next < 0) {
                return false;
            }
            int length = Integer.parseInt(size.toString().strip(), 16);
            body.write(in.readNBytes(length));
            in.readNBytes(2);
            if (length == 0) {
                return true;
            }
        }
    }

    /** Whether the peer has closed. */
    boolean atEnd() throws IOException {
        return in.read() < 0;
    }

    /** Closes with a reset. */
    void reset() throws IOException {
        socket.setSoLinger(true, 0);
        socket.close();
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
