package io.bedrockproxy.server.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.bedrockproxy.emulator.EmulatorConfig;
import io.bedrockproxy.emulator.recording.RecordedRequest;
import io.bedrockproxy.server.LeakCheck;
import io.bedrockproxy.server.LocalProxy;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.function.LongSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Clients that go away while their stream is silent, or unread, or one of several: the upstream hears of it at once. */
@ExtendWith(LeakCheck.class)
class LeavingClientIT {
    private static final long LIMIT_NANOS = Duration.ofMillis(200).toNanos();

    /** The clock of the emulator's records. */
    private static final LongSupplier NANOS = EmulatorConfig.defaults().nanos();

    @AutoClose
    private static final LocalProxy PROXY = LocalProxy.start();

    /** What the upstream is doing when the client leaves. */
    enum Moment {
        STREAM("/model/emulator.pace-20-500-100/invoke-with-response-stream"),
        SILENT_STREAM("/model/emulator.pace-15000-2-100/invoke-with-response-stream"),
        UNREAD_STREAM("/model/emulator.size-100000000/invoke-with-response-stream");

        private final String path;

        Moment(String path) {
            this.path = path;
        }

        private boolean hasCome(RecordedRequest recorded) {
            return switch (this) {
                case STREAM -> recorded.framesSent() >= 3;
                case SILENT_STREAM -> true;
                case UNREAD_STREAM -> recorded.bytesSent() > 1_000_000;
            };
        }
    }

    /** How an HTTP/1 client leaves. */
    enum Leaving {
        RESET {
            @Override
            void leave(Http1Client client) throws IOException {
                client.reset();
            }
        },
        FIN {
            @Override
            void leave(Http1Client client) throws IOException {
                client.close();
            }
        },
        HALF_CLOSE {
            @Override
            void leave(Http1Client client) throws IOException {
                client.endOutput();
            }
        };

        abstract void leave(Http1Client client) throws IOException;
    }

    static Stream<Arguments> ways() {
        return Stream.of(Protocol.HTTP_1_0, Protocol.HTTP_1_1)
                .flatMap(protocol -> Stream.of(Moment.SILENT_STREAM, Moment.UNREAD_STREAM)
                        .flatMap(moment -> Arrays.stream(Leaving.values())
                                .map(leaving -> Arguments.of(protocol, moment, leaving))));
    }

    @BeforeEach
    void forgetRequests() {
        PROXY.emulator().recorder().clear();
    }

    @ParameterizedTest
    @MethodSource("ways")
    void cancelsWhenTheConnectionEnds(Protocol protocol, Moment moment, Leaving leaving) throws IOException {
        try (Http1Client client = new Http1Client(PROXY.address())) {
            client.send(protocol.post(PROXY, moment.path, "*/*", 2) + "{}");
            RecordedRequest recorded = recordedAt(moment);

            long left = NANOS.getAsLong();
            leaving.leave(client);

            assertCancelled(recorded, left);
        }
    }

    @ParameterizedTest
    @EnumSource
    void cancelsOneStreamAndNoOther(Moment moment) throws IOException {
        try (Http2Client client = new Http2Client(PROXY.address())) {
            Http2Call other = call(client, Moment.STREAM.path);
            await().until(() -> PROXY.emulator().recorder().openAnswers() == 1);
            RecordedRequest otherRecorded = PROXY.emulator().recorder().last();
            Http2Call call = call(client, moment.path);
            call.pause();
            await().until(() -> PROXY.emulator().recorder().requestCount() == 2);
            RecordedRequest recorded = PROXY.emulator().recorder().last();
            await().until(() -> moment.hasCome(recorded));

            long left = NANOS.getAsLong();
            call.reset();

            assertCancelled(recorded, left);
            long before = other.bodyBytes();
            await().until(() -> other.bodyBytes() > before);
            assertThat(otherRecorded.end()).isNull();
        }
    }

    @ParameterizedTest
    @EnumSource
    void cancelsEveryStreamOfAConnectionThatEnds(Moment moment) throws IOException {
        RecordedRequest recorded;
        long left;
        try (Http2Client client = new Http2Client(PROXY.address())) {
            Http2Call call = call(client, moment.path);
            call.pause();
            recorded = recordedAt(moment);
            left = NANOS.getAsLong();
            client.disconnect();
            call.resume();
        }
        assertCancelled(recorded, left);
    }

    @Test
    void asksNothingForAClientThatLeavesBeforeItHasAsked() throws IOException {
        try (Http1Client client = new Http1Client(PROXY.address());
                Http1Client next = new Http1Client(PROXY.address())) {
            client.send(Protocol.HTTP_1_1.post(PROXY, Moment.STREAM.path, "*/*", 3) + "{}");
            client.reset();
            next.send(Protocol.HTTP_1_1.post(PROXY, "/model/anthropic.claude-v2/invoke", "*/*", 2) + "{}");

            assertThat(next.receive().status()).isEqualTo(200);
        }
        assertThat(PROXY.emulator().recorder().requestCount()).isOne();
    }

    private static Http2Call call(Http2Client client, String path) {
        Http2Call call =
                client.newCall().head("POST", path, Map.of("authorization", "Bearer " + PROXY.secret()), false);
        call.data(new byte[] {'{', '}'}, 2, true);
        return call;
    }

    private static RecordedRequest recordedAt(Moment moment) {
        await().until(() -> PROXY.emulator().recorder().openAnswers() == 1);
        RecordedRequest recorded = PROXY.emulator().recorder().last();
        await().until(() -> moment.hasCome(recorded));
        return recorded;
    }

    private static void assertCancelled(RecordedRequest recorded, long left) {
        await().until(() -> recorded.end() != null);
        assertThat(recorded.cancelled()).isTrue();
        assertThat(recorded.endNanos() - left).isBetween(0L, LIMIT_NANOS);
    }
}
