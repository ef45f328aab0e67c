package io.bedrockproxy.server.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.bedrockproxy.core.eventstream.StreamEnd;
import io.bedrockproxy.emulator.recording.RecordedRequest;
import io.bedrockproxy.server.LeakCheck;
import io.bedrockproxy.server.LocalProxy;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufAllocatorMetric;
import io.netty.buffer.ByteBufAllocatorMetricProvider;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a client costs that asks for a large stream and does not read it: next to nothing, and then it gets it all. */
@ExtendWith(LeakCheck.class)
class SlowReaderIT {
    private static final String BIG_STREAM = "/model/emulator.size-100000000/invoke-with-response-stream";
    private static final String NATIVE = "application/vnd.amazon.eventstream";

    /** All that lies between the emulator and a client that does not read, but for what the kernel holds. */
    private static final long USER_SPACE_BYTES = 8 * 1024 * 1024;

    /** What a socket of this machine may grow to: loopback is fast, so that the kernel makes use of it. */
    private static final long SOCKET_BYTES = largest("tcp_rmem") + largest("tcp_wmem");

    /** What of it may be in Netty's buffers, the emulator's included. */
    private static final long NETTY_BYTES = 6 * 1024 * 1024;

    @AutoClose
    private static final LocalProxy PROXY = LocalProxy.start();

    @BeforeEach
    void forgetRequests() {
        PROXY.emulator().recorder().clear();
    }

    @ParameterizedTest
    @EnumSource(names = {"HTTP_1_0", "HTTP_1_1"})
    void makesTheUpstreamWaitForASlowReader(Protocol protocol) throws IOException {
        ScanningOutput stream = new ScanningOutput();
        long before = nettyBytes();
        Socket socket = new Socket();
        socket.setReceiveBufferSize(64 * 1024);
        try (Http1Client client = new Http1Client(PROXY.address(), socket)) {
            client.send(protocol.post(PROXY, BIG_STREAM, NATIVE, 2) + "{}");
            Http1Client.Head head = client.readHead();
            assertUpstreamWaits(before);

            assertThat(client.readBody(head, stream)).isTrue();
        }
        assertWhole(stream);
    }

    @Test
    void makesTheUpstreamWaitForAClosedWindow() throws IOException {
        ScanningOutput stream = new ScanningOutput();
        long before = nettyBytes();
        try (Http2Client client = new Http2Client(PROXY.address())) {
            Http2Call call = bigStream(client, stream);
            call.pause();
            assertUpstreamWaits(before);

            call.resume();
            assertThat(call.receive().isWhole()).isTrue();
        }
        assertWhole(stream);
    }

    private static Http2Call bigStream(Http2Client client, ScanningOutput stream) {
        Http2Call call = client.newCall()
                .bodyTo(stream)
                .head("POST", BIG_STREAM, Map.of("authorization", "Bearer " + PROXY.secret()), false);
        call.data(new byte[] {'{', '}'}, 2, true);
        return call;
    }

    /** It sends until everything in between is full, and then not a byte more. */
    private static void assertUpstreamWaits(long nettyBytesBefore) {
        await().until(() -> PROXY.emulator().recorder().openAnswers() == 1);
        RecordedRequest recorded = PROXY.emulator().recorder().last();
        await().until(recorded::bytesSent, sent -> sent > 64 * 1024);
        long[] last = new long[1];
        await().pollInterval(Duration.ofMillis(100)).until(() -> last[0] == (last[0] = recorded.bytesSent()));

        // Two connections: emulator to proxy, proxy to client.
        assertThat(recorded.bytesSent()).isLessThan(USER_SPACE_BYTES + 2 * SOCKET_BYTES);
        assertThat(nettyBytes() - nettyBytesBefore).isLessThan(NETTY_BYTES);
        assertThat(recorded.end()).isNull();
    }

    private static void assertWhole(ScanningOutput stream) {
        RecordedRequest recorded = PROXY.emulator().recorder().last();
        await().until(() -> recorded.end() != null);
        assertThat(stream.end()).isEqualTo(StreamEnd.CLEAN);
        assertThat(stream.bytes()).isEqualTo(recorded.bytesSent()).isGreaterThan(99_000_000);
        assertThat(stream.frames()).isEqualTo(recorded.framesSent());
    }

    /** The third number of {@code /proc/sys/net/ipv4/NAME}: minimum, default and maximum in bytes. */
    private static long largest(String name) {
        try {
            String line = Files.readString(Path.of("/proc/sys/net/ipv4", name), StandardCharsets.US_ASCII);
            return Long.parseLong(line.strip().split("\\s+")[2]);
        } catch (IOException notLinux) {
            return 4 * 1024 * 1024;
        }
    }

    private static long nettyBytes() {
        ByteBufAllocatorMetric metric = ((ByteBufAllocatorMetricProvider) ByteBufAllocator.DEFAULT).metric();
        return metric.usedDirectMemory() + metric.usedHeapMemory();
    }
}
