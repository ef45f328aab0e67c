package io.bedrockproxy.server.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.bedrockproxy.emulator.recording.RecordedRequest;
import io.bedrockproxy.emulator.recording.Recorder;
import io.bedrockproxy.server.LeakCheck;
import io.bedrockproxy.server.LocalProxy;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A clock that is wrong, and a client that does not notice. */
@ExtendWith(LeakCheck.class)
class SkewedClockIT {
    private static final String JSON = "application/json";
    private static final String INVOKE = "/model/anthropic.claude-v2/invoke";

    @AutoClose
    private final LocalProxy proxy = LocalProxy.start();

    private final Recorder recorder = proxy.emulator().recorder();

    @ParameterizedTest
    @ValueSource(longs = {600, -600})
    void correctsAWrongClockWithTheFirstRequest(long seconds) throws IOException {
        assertThat(Protocol.HTTP_1_1.call(proxy, INVOKE, JSON).status()).isEqualTo(200);
        recorder.clear();
        proxy.emulator().clockSkew(Duration.ofSeconds(seconds));

        assertThat(Protocol.HTTP_1_1.call(proxy, INVOKE, JSON).status()).isEqualTo(200);
        assertSentTwice();
        recorder.clear();
        for (Protocol protocol : Protocol.values()) {
            assertThat(protocol.call(proxy, INVOKE, JSON).status()).isEqualTo(200);
        }
        assertThat(recorder.requestCount()).isEqualTo(3);
        assertThat(recorder.refusedCount()).as("right at once").isZero();
    }

    @Test
    void goesBackToAClockThatIsRightAgain() throws IOException {
        proxy.emulator().clockSkew(Duration.ofMinutes(10));
        assertThat(Protocol.HTTP_2.call(proxy, INVOKE, JSON).status()).isEqualTo(200);
        recorder.clear();
        proxy.emulator().clockSkew(Duration.ZERO);

        assertThat(Protocol.HTTP_2.call(proxy, INVOKE, JSON).status()).isEqualTo(200);
        assertSentTwice();
        assertThat(Protocol.HTTP_2.call(proxy, INVOKE, JSON).status()).isEqualTo(200);
        assertThat(recorder.requestCount()).isEqualTo(3);
    }

    private void assertSentTwice() {
        assertThat(recorder.requests()).extracting(RecordedRequest::verified).containsExactly(false, true);
    }
}
