package io.bedrockproxy.server.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.bedrockproxy.server.LeakCheck;
import io.bedrockproxy.server.LocalProxy;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every hostile wire case, over HTTP/1 and over HTTP/2 where it has a twin; each is followed by a good request. */
@ExtendWith(LeakCheck.class)
class WireSuiteIT {
    private static final String GOOD_PATH = "/model/" + WireVerdict.GOOD_MODEL + "/invoke";

    /** Short deadlines: some cases stop half-way and wait. */
    @AutoClose
    private static final LocalProxy PROXY = LocalProxy.builder()
            .config("timeouts { head = 1s, body-idle = 1s, body = 3s }")
            .start();

    private final HttpClient client = HttpClient.newHttpClient();

    @BeforeEach
    void forget() {
        PROXY.emulator().recorder().clear();
    }

    static Stream<WireCase> cases() {
        return Stream.of("cases.json", "own-cases.json").flatMap(WireCase::of);
    }

    static Stream<Http2Twin> twins() {
        return cases().flatMap(wire -> Http2Twin.of(wire).stream());
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void http1(WireCase wire) throws Exception {
        WireVerdict.check(PROXY, wire, Http1Replay.play(PROXY, wire, goodRequest()));
        checkGoodRequest();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("twins")
    void http2(Http2Twin twin) throws Exception {
        WireVerdict.check(PROXY, twin.wire(), Http2Replay.play(PROXY, twin, GOOD_PATH));
        checkGoodRequest();
    }

    private static String goodRequest() {
        return "POST " + GOOD_PATH + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nAuthorization: Bearer "
                + PROXY.secret() + "\r\nContent-Length: 2\r\n\r\n{}";
    }

    /** On a connection of its own. */
    private void checkGoodRequest() throws IOException, InterruptedException {
        PROXY.emulator().recorder().clear();
        URI target = PROXY.endpoint().resolve(GOOD_PATH);
        HttpRequest good = HttpRequest.newBuilder(target)
                .header("Authorization", "Bearer " + PROXY.secret())
                .POST(BodyPublishers.ofString("{\"n\":1}"))
                .build();
        HttpResponse<String> answer = client.send(good, BodyHandlers.ofString());
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(PROXY.emulator().recorder().requestCount()).isEqualTo(1);
        assertThat(PROXY.emulator().recorder().last().bodyLength()).isEqualTo(7);
        assertThat(PROXY.emulator().recorder().last().verified()).isTrue();
    }
}
