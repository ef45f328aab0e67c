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

    /**
     * All that lies between the emulator and a client that does not read: for the most part what the kernel lets the
     * sockets grow to, 38 MB for the one between the emulator and the proxy on a Debian 12.
     */
    private static final long ON_THE_WAY_BYTES = 64 * 1024 * 1024;

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

        assertThat(recorded.bytesSent()).isLessThan(ON_THE_WAY_BYTES);
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

    private static long nettyBytes() {
        ByteBufAllocatorMetric metric = ((ByteBufAllocatorMetricProvider) ByteBufAllocator.DEFAULT).metric();
        return metric.usedDirectMemory() + metric.usedHeapMemory();
    }
}
