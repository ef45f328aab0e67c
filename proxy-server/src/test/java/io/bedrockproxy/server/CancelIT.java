package io.bedrockproxy.server;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.bedrockproxy.emulator.recording.RecordedRequest;
import java.io.IOException;
import java.net.Socket;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A client that goes away stops the upstream call, and so the bill, within 200 ms. */
@ExtendWith(LeakCheck.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CancelIT {
    private static final Duration LIMIT = Duration.ofMillis(200);
    private static final String BODY = "{\"messages\":[{\"role\":\"user\",\"content\":[{\"text\":\"hi\"}]}]}";

    @AutoClose
    private final LocalProxy cleartext = LocalProxy.start();

    @AutoClose
    private final LocalProxy tls = LocalProxy.startTls();

    /** What a client may be waiting for when it loses interest. */
    private enum Moment {
        IN_THE_STREAM("/model/emulator.pace-20-2000-100/converse-stream"),
        BEFORE_THE_HEAD("/model/emulator.delay-30000/converse");

        private final String path;

        Moment(String path) {
            this.path = path;
        }
    }

    /** How it leaves. */
    private enum Leaving {
        RST,
        FIN,
        RST_STREAM
    }

    static Stream<Arguments> everyWayToLeave() {
        return Stream.of(Moment.values())
                .flatMap(moment -> Stream.of(Leaving.values())
                        .flatMap(leaving -> Stream.of(false, true)
                                .filter(secure -> !secure || leaving == Leaving.RST_STREAM)
                                .map(secure -> Arguments.of(moment, leaving, secure))));
    }

    @BeforeEach
    void forget() {
        cleartext.emulator().recorder().clear();
        tls.emulator().recorder().clear();
    }

    @ParameterizedTest(name = "{0}, {1}, TLS {2}")
    @MethodSource("everyWayToLeave")
    void stopsTheUpstreamCall(Moment moment, Leaving leaving, boolean secure) throws IOException {
        LocalProxy proxy = secure ? tls : cleartext;
        long left =
                leaving == Leaving.RST_STREAM ? leaveStream(proxy, moment) : leaveConnection(proxy, moment, leaving);
        RecordedRequest request = proxy.emulator().recorder().last();
        await().atMost(Duration.ofSeconds(10)).until(() -> request.end() != null);
        assertThat(request.cancelled()).isTrue();
        assertThat(Duration.ofNanos(request.endNanos() - left)).isLessThan(LIMIT);
    }

    private static long leaveConnection(LocalProxy proxy, Moment moment, Leaving leaving) throws IOException {
        try (Socket socket =
                new Socket(proxy.address().getAddress(), proxy.address().getPort())) {
            String request = "POST " + moment.path + " HTTP/1.1\r\nHost: proxy\r\nAuthorization: Bearer "
                    + proxy.secret() + "\r\nContent-Length: " + BODY.length() + "\r\n\r\n" + BODY;
            socket.getOutputStream().write(request.getBytes(US_ASCII));
            if (moment == Moment.IN_THE_STREAM) {
                assertThat(socket.getInputStream().readNBytes(500)).hasSize(500);
            }
            awaitUpstream(proxy);
            if (leaving == Leaving.RST) {
                socket.setSoLinger(true, 0);
            }
            long left = System.nanoTime();
            if (leaving == Leaving.FIN) {
                socket.shutdownOutput();
                await().until(() -> proxy.emulator().recorder().last().end() != null);
            }
            return left;
        }
    }

    private static long leaveStream(LocalProxy proxy, Moment moment) throws IOException {
        try (RawHttp2 client = RawHttp2.connect(proxy)) {
            client.post(proxy, moment.path, BODY);
            if (moment == Moment.IN_THE_STREAM) {
                for (int type = -1; type != RawHttp2.DATA; ) {
                    type = client.read().type();
                }
            }
            awaitUpstream(proxy);
            long left = System.nanoTime();
            client.cancel();
            await().until(() -> proxy.emulator().recorder().last().end() != null);
            return left;
        }
    }

    private static void awaitUpstream(LocalProxy proxy) {
        await().until(() -> proxy.emulator().recorder().requestCount() == 1);
    }
}
