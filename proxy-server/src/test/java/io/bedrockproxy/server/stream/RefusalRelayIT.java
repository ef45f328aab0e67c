package io.bedrockproxy.server.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.bedrockproxy.server.LeakCheck;
import io.bedrockproxy.server.LocalProxy;
import java.io.IOException;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Refusals of every shape: which are answered with a second signature, and that the others get through as they came. */
@ExtendWith(LeakCheck.class)
class RefusalRelayIT {
    private static final String JSON = "application/json";
    private static final String INVOKE = "/model/anthropic.claude-v2/invoke";
    private static final byte[] OK = Responses.json("{}");
    private static final String BODY = "{\"Message\" : \"Signature expired: no, \\u00e4 \" , \"n\":1}\n";

    @AutoClose
    private final ScriptedUpstream upstream = new ScriptedUpstream();

    @AutoClose
    private final LocalProxy proxy = LocalProxy.builder()
            .config("bedrock.endpoint = \"" + upstream.uri() + "\"")
            .config("clients.test { role = null, source = emulator }")
            .start();

    RefusalRelayIT() throws IOException {}

    static Stream<Arguments> names() {
        return Stream.of(
                        "InvalidSignatureException:http://internal.amazon.com/coral/com.amazon.coral.service/",
                        "com.amazon.coral.service#SignatureDoesNotMatch",
                        "RequestExpired")
                .flatMap(name -> Stream.of(Protocol.values()).map(protocol -> Arguments.of(name, protocol)));
    }

    @ParameterizedTest
    @MethodSource("names")
    void signsAgainWithTheTimeOfTheRefusal(String name, Protocol protocol) throws IOException {
        refuseOnce(refusal(name, 600, BODY));

        Received received = protocol.call(proxy, INVOKE, JSON);

        assertThat(received.text()).isEqualTo("{}");
        assertThat(received.status()).isEqualTo(200);
        assertThat(upstream.requestCount()).isEqualTo(2);
        assertThat(upstream.connectionCount())
                .as("the connection is used again")
                .isOne();
        assertThat(protocol.call(proxy, INVOKE, JSON).status()).isEqualTo(200);
        assertThat(upstream.requestCount()).isEqualTo(3);
    }

    @Test
    void signsAgainOnAnotherConnectionWhenTheFirstOneEnds() throws IOException {
        refuseOnce(refusal("RequestExpired", -600, BODY).replace("x-other", "connection: close\r\nx-other"));

        assertThat(Protocol.HTTP_1_1.call(proxy, INVOKE, JSON).status()).isEqualTo(200);

        assertThat(upstream.requestCount()).isEqualTo(2);
        assertThat(upstream.connectionCount()).isEqualTo(2);
    }

    @ParameterizedTest
    @EnumSource
    void readsTheNameInTheBody(Protocol protocol) throws IOException {
        refuseOnce(
                refusal("", 600, "{\"__type\":\"InvalidSignatureException\"}").replace("x-amzn-errortype", "x-none"));

        assertThat(protocol.call(proxy, INVOKE, JSON).status()).isEqualTo(200);
        assertThat(upstream.requestCount()).isEqualTo(2);
    }

    @ParameterizedTest
    @EnumSource
    void neverSignsAThirdTime(Protocol protocol) throws IOException {
        refuseAlways(refusal("InvalidSignatureException", 600, BODY));

        assertAsItCame(protocol.call(proxy, INVOKE, JSON));
        assertThat(upstream.requestCount()).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(longs = {-60, 0, 60, 200_000})
    void leavesTheClockAloneWhenItIsNotTheReason(long seconds) throws IOException {
        refuseAlways(refusal("InvalidSignatureException", seconds, BODY));

        for (Protocol protocol : Protocol.values()) {
            assertAsItCame(protocol.call(proxy, INVOKE, JSON));
        }
        assertThat(upstream.requestCount()).as("each once").isEqualTo(3);
    }

    @ParameterizedTest
    @ValueSource(strings = {"AccessDeniedException", "ExpiredTokenException", "UnrecognizedClientException"})
    void handsOnWhatAnotherSignatureDoesNotHeal(String name) throws IOException {
        refuseAlways(refusal(name, 600, BODY));

        for (Protocol protocol : Protocol.values()) {
            assertAsItCame(protocol.call(proxy, INVOKE, JSON));
        }
        assertThat(upstream.requestCount())
                .as("fixed keys have no others, and a wrong date is not what was complained about")
                .isEqualTo(3);
    }

    @ParameterizedTest
    @EnumSource
    void handsOnARefusalInChunks(Protocol protocol) throws IOException {
        String head = refusal("InvalidSignatureException", 0, "");
        String chunked = head.replace("content-length: 0", "transfer-encoding: chunked");
        byte[] chunks = Responses.chunks(Responses.ascii(BODY), () -> 7);
        upstream.script((socket, out, turn) -> {
            out.write(Responses.join(Responses.ascii(chunked), chunks, Responses.ascii("0\r\n\r\n")));
            return true;
        });

        assertAsItCame(protocol.call(proxy, INVOKE, JSON));
        assertThat(upstream.requestCount()).isOne();
    }

    @ParameterizedTest
    @EnumSource
    void handsOnALongRefusal(Protocol protocol) throws IOException {
        String body = "{\"message\":\"" + "long ".repeat(50_000) + "\"}";
        refuseAlways(refusal("InvalidSignatureException", 600, body));

        Received received = protocol.call(proxy, INVOKE, JSON);

        assertThat(received.status()).isEqualTo(403);
        assertThat(received.text()).isEqualTo(body);
        assertThat(received.isWhole()).isTrue();
        assertThat(upstream.requestCount()).isOne();
    }

    @ParameterizedTest
    @EnumSource(names = {"HTTP_1_1", "HTTP_2"})
    void handsOnACutRefusalAsFarAsItCame(Protocol protocol) throws IOException {
        String cut = refusal("InvalidSignatureException", 600, BODY).replace("content-length: ", "content-length: 9");
        upstream.script((socket, out, turn) -> {
            out.write(Responses.ascii(cut));
            return false;
        });

        Received received = protocol.call(proxy, INVOKE, JSON);

        assertThat(received.status()).isEqualTo(403);
        assertThat(received.text()).isEqualTo(BODY);
        assertThat(received.isWhole()).isFalse();
        assertThat(upstream.requestCount()).isOne();
    }

    @Test
    void replacesADeadConnectionBesides() throws IOException {
        upstream.script((socket, out, turn) -> {
            switch (upstream.requestCount()) {
                case 1 -> out.write(OK);
                case 2 -> {
                    return false;
                }
                case 3 -> out.write(Responses.ascii(refusal("RequestExpired", 600, BODY)));
                default -> out.write(OK);
            }
            return true;
        });

        try (Http1Client client = new Http1Client(proxy.address())) {
            for (int i = 0; i < 2; i++) {
                client.send(Protocol.HTTP_1_1.post(proxy, INVOKE, JSON, 2) + "{}");
                assertThat(client.receive().status()).isEqualTo(200);
            }
        }
        assertThat(upstream.requestCount()).isEqualTo(4);
        assertThat(upstream.connectionCount()).isEqualTo(2);
    }

    private void refuseOnce(String refusal) {
        upstream.script((socket, out, turn) -> {
            out.write(upstream.requestCount() == 1 ? Responses.ascii(refusal) : OK);
            return true;
        });
    }

    private void refuseAlways(String refusal) {
        upstream.script(ScriptedUpstream.Script.reply(refusal));
    }

    private static String refusal(String name, long secondsAhead, String body) {
        String date = DateTimeFormatter.RFC_1123_DATE_TIME.format(
                InstantSource.system().instant().plusSeconds(secondsAhead).atOffset(ZoneOffset.UTC));
        return "HTTP/1.1 403 Forbidden\r\ndate: " + date
                + "\r\nx-amzn-requestid: 4d7c5f6e-0000-4000-8000-000000000000\r\ncontent-type: application/json\r\n"
                + "x-other: Value\r\nx-amzn-errortype: " + name + "\r\ncontent-length: " + body.length() + "\r\n\r\n"
                + body;
    }

    private static void assertAsItCame(Received received) {
        assertThat(received.status()).isEqualTo(403);
        assertThat(received.text()).isEqualTo(BODY);
        assertThat(received.isWhole()).isTrue();
        assertThat(received.failure()).isEmpty();
        assertThat(received.header("x-amzn-requestid")).isEqualTo("4d7c5f6e-0000-4000-8000-000000000000");
        assertThat(received.header("x-amzn-errortype")).isNotEmpty();
        assertThat(received.header("content-type")).isEqualTo(JSON);
    }
}
