package io.bedrockproxy.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufAllocatorMetricProvider;
import java.io.EOFException;
import java.io.IOException;
import java.net.SocketException;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * An HTTP/2 client that keeps the proxy busy with anything but requests: its connection ends, long before it has sent all
 * that it wants to, and the one next to it is served.
 */
@ExtendWith(LeakCheck.class)
class Http2FloodIT {
    private static final String INVOKE = "/model/" + Calls.MODEL + "/invoke";
    private static final int MANY = 5000;
    private static final int PRIORITY = 0x2;
    private static final int UNKNOWN = 0x42;
    private static final int FULL_FRAME_BYTES = 16 * 1024;
    private static final long MAX_GROWTH_BYTES = 64L << 20;

    @AutoClose
    private static final LocalProxy PROXY =
            LocalProxy.builder().config("timeouts.head = 2s").start();

    private static long directBefore;

    /** What a hostile client sends; {@code i} counts from 0. */
    private interface Flood {
        void send(RawHttp2 client, int i) throws IOException;
    }

    @BeforeAll
    static void measure() throws IOException {
        good();
        directBefore = direct();
    }

    @AfterAll
    static void theFloodsLeftNoMemoryBehind() {
        assertThat(direct() - directBefore).as("direct bytes").isLessThan(MAX_GROWTH_BYTES);
    }

    private static long direct() {
        return ((ByteBufAllocatorMetricProvider) ByteBufAllocator.DEFAULT)
                .metric()
                .usedDirectMemory();
    }

    private static byte[] head() {
        return RawHttp2.head("http", "proxy.test", INVOKE, PROXY.secret());
    }

    /** A request on a connection of its own. */
    private static void good() throws IOException {
        assertThat(new Calls(PROXY).converse().statusCode()).isEqualTo(200);
    }

    static Stream<Arguments> floods() {
        return Stream.concat(bare(), ofStreams());
    }

    private static Stream<Arguments> bare() {
        return Stream.of(
                flood("SETTINGS", MANY, (client, i) -> client.write(RawHttp2.SETTINGS, 0, 0, new byte[0])),
                flood("PING", MANY, (client, i) -> client.write(RawHttp2.PING, 0, 0, new byte[8])),
                flood("GOAWAY", MANY, (client, i) -> client.goAway()),
                flood(
                        "WINDOW_UPDATE",
                        MANY,
                        (client, i) -> client.write(RawHttp2.WINDOW_UPDATE, 0, 0, new byte[] {0, 0, 0, 1})),
                flood("PRIORITY", MANY, (client, i) -> client.write(PRIORITY, 0, 1, new byte[5])),
                flood("unknown frames", MANY, (client, i) -> client.write(UNKNOWN, 0, 0, new byte[3])));
    }

    private static Stream<Arguments> ofStreams() {
        return Stream.of(
                flood("empty DATA", 100, (client, i) -> {
                    open(client, i);
                    client.write(RawHttp2.DATA, 0, RawHttp2.STREAM, new byte[0]);
                }),
                flood("empty DATA between others", MANY, (client, i) -> {
                    open(client, i);
                    client.write(RawHttp2.DATA, 0, RawHttp2.STREAM, new byte[i % 2]);
                }),
                flood("small CONTINUATION", 100, (client, i) -> begin(client, i, 1)),
                flood("empty CONTINUATION", 100, (client, i) -> begin(client, i, 0)),
                flood("CONTINUATION without end", 100, (client, i) -> begin(client, i, FULL_FRAME_BYTES)),
                flood("rapid reset", 400, (client, i) -> {
                    client.write(RawHttp2.HEADERS, RawHttp2.END_HEADERS, 2 * i + 1, head());
                    client.write(RawHttp2.RST_STREAM, 0, 2 * i + 1, new byte[] {0, 0, 0, 8});
                }),
                flood("resets that we are made to send", 400, (client, i) -> {
                    client.write(RawHttp2.HEADERS, RawHttp2.END_HEADERS, 2 * i + 1, head());
                    client.write(RawHttp2.WINDOW_UPDATE, 0, 2 * i + 1, new byte[4]);
                }));
    }

    private static void open(RawHttp2 client, int i) throws IOException {
        if (i == 0) {
            client.write(RawHttp2.HEADERS, RawHttp2.END_HEADERS, RawHttp2.STREAM, head());
        }
    }

    private static void begin(RawHttp2 client, int i, int bytes) throws IOException {
        if (i == 0) {
            client.write(RawHttp2.HEADERS, 0, RawHttp2.STREAM, head());
        }
        client.write(RawHttp2.CONTINUATION, 0, RawHttp2.STREAM, new byte[bytes]);
    }

    private static Arguments flood(String name, int frames, Flood flood) {
        return argumentSet(name, frames, flood);
    }

    @ParameterizedTest
    @MethodSource("floods")
    void endsWithTheConnectionAndHarmsNoOther(int frames, Flood flood) throws IOException {
        try (RawHttp2 neighbour = RawHttp2.connect(PROXY)) {
            try (RawHttp2 client = RawHttp2.connect(PROXY)) {
                send(client, frames, flood);
                assertThat(readToTheEnd(client)).as("ended by the proxy").isTrue();
            }
            assertIsServed(neighbour);
        }
    }

    private static void send(RawHttp2 client, int frames, Flood flood) throws IOException {
        try {
            for (int i = 0; i < frames; i++) {
                flood.send(client, i);
            }
        } catch (SocketException e) {
            // The proxy has had enough already; what it said before may still be there to read.
        }
    }

    /** False when a client that waits for the end hears nothing any more, or only more answers. */
    private static boolean readToTheEnd(RawHttp2 client) throws IOException {
        try {
            for (int i = 0; i < 2 * MANY; i++) {
                if (client.read().type() == RawHttp2.GOAWAY) {
                    return true;
                }
            }
            return false;
        } catch (EOFException | SocketException e) {
            return true;
        }
    }

    private static void assertIsServed(RawHttp2 client) throws IOException {
        client.post(PROXY, INVOKE, "{}");
        RawHttp2.Frame frame;
        do {
            frame = client.read();
            assertThat(frame.type()).isNotIn(RawHttp2.GOAWAY, RawHttp2.RST_STREAM);
        } while (!frame.endsStream());
    }

    @Test
    void aHeadThatDoesNotEndIsNotWaitedFor() throws IOException {
        try (RawHttp2 client = RawHttp2.connect(PROXY)) {
            client.write(RawHttp2.HEADERS, 0, RawHttp2.STREAM, head());
            good();
            assertThat(readToTheEnd(client)).isTrue();
        }
    }

    @Test
    void aHeadOfWhichNotEvenAFrameEndsIsNotWaitedFor() throws IOException {
        try (RawHttp2 client = RawHttp2.connect(PROXY)) {
            client.writeBytes(new byte[] {0, 1, 0, RawHttp2.HEADERS, 0, 0, 0, 0, 1, 0, 1});
            good();
            assertThat(readToTheEnd(client)).isTrue();
        }
    }
}
