package io.bedrockproxy.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.bedrockproxy.emulator.http.AnswerEnd;
import io.bedrockproxy.emulator.recording.RecordedRequest;
import io.bedrockproxy.server.RawHttp2.Frame;
import java.io.IOException;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The AWS SDK for JavaScript sends GOAWAY behind every response head, while the stream is still running. A server that
 * takes it for the end of the connection cuts the answer short, and that SDK does not notice.
 */
@ExtendWith(LeakCheck.class)
class GoAwayIT {
    private static final int DELTAS = 20;
    private static final String PATH = "/model/emulator.pace-15-" + DELTAS + "-64/converse-stream";
    private static final String BODY = "{\"messages\":[{\"role\":\"user\",\"content\":[{\"text\":\"tea time\"}]}]}";

    private enum Moment {
        BEHIND_THE_REQUEST,
        BEHIND_THE_RESPONSE_HEAD,
        BEHIND_THE_FIRST_DATA
    }

    @AutoClose
    private static final LocalProxy cleartext = LocalProxy.start();

    @AutoClose
    private static final LocalProxy tls = LocalProxy.startTls();

    static Stream<Arguments> moments() {
        return Stream.of(Moment.values())
                .flatMap(moment -> Stream.of(Arguments.of(moment, false), Arguments.of(moment, true)));
    }

    @ParameterizedTest(name = "{0}, TLS: {1}")
    @MethodSource("moments")
    void doesNotCutAStream(Moment moment, boolean overTls) throws IOException {
        LocalProxy proxy = overTls ? tls : cleartext;
        long received;
        try (RawHttp2 client = RawHttp2.connect(proxy)) {
            client.post(proxy, PATH, BODY);
            if (moment == Moment.BEHIND_THE_REQUEST) {
                client.goAway();
            }
            received = readToTheEnd(client, moment);
        }
        RecordedRequest recorded = proxy.emulator().recorder().last();
        await().until(() -> recorded.end() != null);
        assertThat(recorded.end()).isEqualTo(AnswerEnd.COMPLETE);
        assertThat(recorded.framesSent()).isGreaterThan(DELTAS);
        assertThat(recorded.verified()).isTrue();
        assertThat(proxy.emulator().recorder().leakCount()).isZero();
        assertThat(received).isEqualTo(recorded.bytesSent());
    }

    /** How many bytes of the body came. */
    private static long readToTheEnd(RawHttp2 client, Moment moment) throws IOException {
        long received = 0;
        boolean hasSaidGoAway = moment == Moment.BEHIND_THE_REQUEST;
        Frame frame;
        do {
            frame = client.read();
            if (frame.stream() == RawHttp2.STREAM) {
                assertThat(frame.type()).as("frames of the stream").isNotEqualTo(RawHttp2.RST_STREAM);
                int awaited = moment == Moment.BEHIND_THE_RESPONSE_HEAD ? RawHttp2.HEADERS : RawHttp2.DATA;
                if (!hasSaidGoAway && frame.type() == awaited) {
                    assertThat(frame.endsStream())
                            .as("there is a stream to cut")
                            .isFalse();
                    client.goAway();
                    hasSaidGoAway = true;
                }
                received += frame.type() == RawHttp2.DATA ? frame.length() : 0;
            }
        } while (frame.stream() != RawHttp2.STREAM || !frame.endsStream());
        return received;
    }
}
