package io.bedrockproxy.server.stream;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** An HTTP/1.1 server on loopback whose answers are bytes: it can be as wrong as a test needs it to be. */
final class ScriptedUpstream implements AutoCloseable {
    private static final Pattern LENGTH = Pattern.compile("(?i)content-length: *(\\d+)");

    private final ServerSocket server = new ServerSocket(0, 100, InetAddress.getLoopbackAddress());
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final AtomicInteger connections = new AtomicInteger();
    private final AtomicInteger requests = new AtomicInteger();
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private volatile @Nullable RuntimeException misuse;
    private volatile Opening opening = socket -> socket;
    private volatile Script script = Script.reply("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}");

    /** What to do with a new connection, before any request. */
    interface Opening {
        /** The connection to read requests from, perhaps with TLS; null when there is nothing to be read. */
        @Nullable
        Socket open(Socket accepted) throws IOException;
    }

    /** What to do with one request. */
    interface Script {
        /**
         * Answers one request.
         *
         * @param turn 1 for the first request of a connection
         * @return whether the connection is read again
         */
        boolean answer(Socket socket, OutputStream out, int turn) throws IOException;

        static Script reply(String bytes) {
            return (socket, out, turn) -> {
                out.write(bytes.getBytes(StandardCharsets.ISO_8859_1));
                out.flush();
                return true;
            };
        }
    }

    ScriptedUpstream() throws IOException {
        threads.execute(this::accept);
    }

    void script(Script next) {
        script = next;
    }

    void opening(Opening next) {
        opening = next;
    }

    URI uri() {
        return URI.create("http://127.0.0.1:" + server.getLocalPort());
    }

    int connectionCount() {
        return connections.get();
    }

    int requestCount() {
        return requests.get();
    }

    /** Connections that neither side has closed, as far as this side knows. */
    int openCount() {
        return open.size();
    }

    /** Closes what is still open, so that one mistake fails one test. */
    void disconnect() throws IOException {
        for (Socket socket : open) {
            socket.close();
        }
        open.clear();
        misuse = null;
    }

    /** What a script threw when the proxy did what it must not; null while all is well. */
    @Nullable
    RuntimeException misuse() {
        return misuse;
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket socket = server.accept();
                connections.incrementAndGet();
                open.add(socket);
                threads.execute(() -> serve(socket));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void serve(Socket accepted) {
        try (accepted;
                Socket socket = opened(accepted)) {
            if (socket == null) {
                return;
            }
            InputStream in = new BufferedInputStream(socket.getInputStream());
            for (int turn = 1; readRequest(in); turn++) {
                requests.incrementAndGet();
                if (!script.answer(socket, socket.getOutputStream(), turn)) {
                    return;
                }
            }
        } catch (IOException gone) {
            // The proxy closed first, which is its right.
        } catch (RuntimeException e) {
            misuse = e;
        } finally {
            open.remove(accepted);
        }
    }

    private @Nullable Socket opened(Socket accepted) throws IOException {
        accepted.setTcpNoDelay(true);
        return opening.open(accepted);
    }

    private static boolean readRequest(InputStream in) throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            int octet = in.read();
            if (octet < 0) {
                return false;
            }
            head.append((char) octet);
        }
        Matcher length = LENGTH.matcher(head);
        in.readNBytes(length.find() ? Integer.parseInt(length.group(1)) : 0);
        return true;
    }

    @Override
    public void close() throws IOException {
        server.close();
        threads.shutdownNow();
    }
}
