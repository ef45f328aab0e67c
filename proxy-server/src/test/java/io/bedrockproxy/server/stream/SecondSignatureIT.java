package io.bedrockproxy.server.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.bedrockproxy.emulator.recording.RecordedRequest;
import io.bedrockproxy.emulator.recording.Recorder;
import io.bedrockproxy.emulator.sts.StsMode;
import io.bedrockproxy.server.LeakCheck;
import io.bedrockproxy.server.LocalProxy;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Credentials that AWS calls expired, and a client that does not notice. */
@ExtendWith(LeakCheck.class)
class SecondSignatureIT {
    private static final String JSON = "application/json";
    private static final String INVOKE = "/model/anthropic.claude-v2/invoke";
    private static final int BODY_BYTES = 25 * 1024 * 1024;

    @AutoClose
    private final LocalProxy proxy = LocalProxy.start();

    private final Recorder recorder = proxy.emulator().recorder();

    @ParameterizedTest
    @EnumSource
    void replacesExpiredCredentialsForOneRequest(Protocol protocol) throws IOException {
        expire();

        Received received = protocol.call(proxy, INVOKE, JSON);

        assertThat(received.status()).as(received.text()).isEqualTo(200);
        assertThat(received.isWhole()).isTrue();
        assertSentTwice();
        assertThat(recorder.stsCalls()).hasSize(1);
    }

    @ParameterizedTest
    @EnumSource
    void replacesExpiredCredentialsForAStream(Protocol protocol) throws IOException {
        expire();

        Received received = protocol.call(proxy, "/model/emulator.pace-5-3-10/invoke-with-response-stream", "*/*");

        assertThat(received.status()).isEqualTo(200);
        assertThat(received.header("content-type")).isEqualTo("application/vnd.amazon.eventstream");
        assertThat(received.isWhole()).isTrue();
        assertSentTwice();
    }

    @Test
    void sendsALargeBodyTwice() throws IOException {
        expire();

        try (Http1Client client = new Http1Client(proxy.address())) {
            client.send(Protocol.HTTP_1_1.post(proxy, INVOKE, JSON, BODY_BYTES));
            client.send(largeBody());
            Received received = client.receive();
            assertThat(received.status()).as(received.text()).isEqualTo(200);
        }
        assertSentTwice();
        assertSameLargeBody();
    }

    @Test
    void sendsALargeBodyOfFramesTwice() throws IOException {
        expire();

        try (Http2Client client = new Http2Client(proxy.address())) {
            Http2Call call = call(client, INVOKE);
            call.data(largeBody(), BODY_BYTES, true);
            assertThat(call.receive().status()).isEqualTo(200);
        }
        assertSentTwice();
        assertSameLargeBody();
    }

    @ParameterizedTest
    @EnumSource(names = {"HTTP_1_0", "HTTP_1_1"})
    void sendsAnEmptyBodyTwice(Protocol protocol) throws IOException {
        expire();

        try (Http1Client client = new Http1Client(proxy.address())) {
            client.send(protocol.post(proxy, INVOKE, JSON, 0));
            assertThat(client.receive().failure()).isEmpty();
        }
        assertSentTwice();
    }

    @Test
    void sendsNoBodyTwice() throws IOException {
        expire();

        try (Http2Client client = new Http2Client(proxy.address())) {
            Http2Call call =
                    client.newCall().head("POST", INVOKE, Map.of("authorization", "Bearer " + proxy.secret()), true);
            assertThat(call.receive().failure()).isEmpty();
        }
        assertSentTwice();
    }

    @Test
    void replacesCredentialsOnceForRequestsThatComeTogether() throws IOException {
        expire();

        try (Http2Client client = new Http2Client(proxy.address())) {
            Http2Call one = call(client, INVOKE);
            Http2Call other = call(client, INVOKE);
            one.data(new byte[] {'{', '}'}, 2, true);
            other.data(new byte[] {'{', '}'}, 2, true);
            assertThat(one.receive().status()).isEqualTo(200);
            assertThat(other.receive().status()).isEqualTo(200);
        }
        assertThat(recorder.stsCalls()).hasSize(1);
    }

    @ParameterizedTest
    @EnumSource
    void handsOnTheRefusalWhenCredentialsWereReplacedAMomentAgo(Protocol protocol) throws IOException {
        expire();
        assertThat(protocol.call(proxy, INVOKE, JSON).status()).isEqualTo(200);
        expire();

        assertExpired(protocol.call(proxy, INVOKE, JSON));

        assertThat(recorder.requestCount()).isOne();
        assertThat(recorder.stsCalls()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(names = {"DENIED", "ERROR_500", "CUT"})
    void handsOnTheRefusalWhenThereAreNoOtherCredentials(StsMode mode) throws IOException {
        expire();
        proxy.emulator().stsMode(mode);

        assertExpired(Protocol.HTTP_1_1.call(proxy, INVOKE, JSON));

        assertThat(recorder.requestCount()).isOne();
        proxy.emulator().stsMode(StsMode.OK);
        await().until(() -> Protocol.HTTP_1_1.call(proxy, INVOKE, JSON).status() == 200);
    }

    @Test
    void doesNotWaitForEverForAnStsThatHangs() throws IOException {
        expire();
        proxy.emulator().stsMode(StsMode.HANG);

        // The test's client waits for 20 s, credentials are waited for 16 s.
        assertExpired(Protocol.HTTP_1_1.call(proxy, INVOKE, JSON));
    }

    @ParameterizedTest
    @EnumSource(names = {"HTTP_1_1", "HTTP_2"})
    void sendsNothingAgainForAClientThatIsGone(Protocol protocol) throws IOException {
        expire();
        proxy.emulator().stsMode(StsMode.HANG);

        if (protocol == Protocol.HTTP_2) {
            try (Http2Client client = new Http2Client(proxy.address())) {
                Http2Call call = call(client, INVOKE);
                call.data(new byte[] {'{', '}'}, 2, true);
                await().until(() -> recorder.stsCalls().size() == 1);
                call.reset();
            }
        } else {
            try (Http1Client client = new Http1Client(proxy.address())) {
                client.send(protocol.post(proxy, INVOKE, JSON, 2) + "{}");
                await().until(() -> recorder.stsCalls().size() == 1);
            }
        }
        proxy.emulator().stsMode(StsMode.OK);
        await().until(() -> protocol.call(proxy, INVOKE, JSON).status() == 200);

        assertThat(recorder.requests().stream().filter(RecordedRequest::verified))
                .as("that of the other client")
                .hasSize(1);
    }

    /** Credentials that the proxy has and uses are called expired from now on. */
    private void expire() throws IOException {
        assertThat(Protocol.HTTP_1_1.call(proxy, INVOKE, JSON).status()).isEqualTo(200);
        proxy.emulator().expireIssuedCredentials();
        recorder.clear();
    }

    private void assertExpired(Received received) {
        assertThat(received.status()).isEqualTo(403);
        assertThat(received.header("x-amzn-errortype")).startsWith("ExpiredTokenException:http");
        assertThat(received.header("x-amzn-requestid")).isNotEmpty();
        assertThat(received.text())
                .isEqualTo("{\"message\":\"The security token included in the request is expired\"}");
        assertThat(received.failure()).as("AWS's own answer").isEmpty();
        assertThat(received.isWhole()).isTrue();
    }

    private void assertSentTwice() {
        List<RecordedRequest> requests = recorder.requests();
        assertThat(requests).extracting(RecordedRequest::verified).containsExactly(false, true);
    }

    private void assertSameLargeBody() {
        assertThat(recorder.requests())
                .extracting(RecordedRequest::bodyLength)
                .containsExactly((long) BODY_BYTES, (long) BODY_BYTES);
    }

    private static byte[] largeBody() {
        byte[] body = new byte[BODY_BYTES];
        Arrays.fill(body, (byte) ' ');
        body[0] = '{';
        body[BODY_BYTES - 1] = '}';
        return body;
    }

    private Http2Call call(Http2Client client, String path) {
        return client.newCall()
                .head("POST", path, Map.of("authorization", "Bearer " + proxy.secret(), "content-type", JSON), false);
    }
}
