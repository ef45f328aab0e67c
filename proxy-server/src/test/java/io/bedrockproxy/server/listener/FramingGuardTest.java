package io.bedrockproxy.server.listener;

import static org.assertj.core.api.Assertions.assertThat;

import io.bedrockproxy.server.LeakCheck;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseEncoder;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(LeakCheck.class)
class FramingGuardTest {
    private static final int MAX_HEAD_BYTES = 1024;
    private static final int MAX_HEADERS = 10;
    private static final String GOOD = "GET / HTTP/1.1\r\nHost: x\r\n\r\n";
    private static final String BAD = "GET / HTTP/1.1\r\nHost: x\r\nHost: y\r\n\r\n";

    private final EmbeddedChannel channel = new EmbeddedChannel(
            new StrictRequestDecoder(MAX_HEAD_BYTES),
            new HttpResponseEncoder(),
            new FramingGuard(MAX_HEADERS, InstantSource.system()));

    @AfterEach
    void release() {
        channel.finishAndReleaseAll();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET / HTTP/1.1|host: x||",
                "GET / HTTP/1.0||",
                "POST / HTTP/1.1|host: x|content-length: 0||",
                "POST / HTTP/1.1|host: x|content-length: 2||{}",
                "POST / HTTP/1.0|content-length: 2||{}",
                "POST / HTTP/1.1|host: x|transfer-encoding: chunked||2|{}|0||",
                "POST / HTTP/1.1|host: x|Transfer-Encoding: Chunked||2;ext=1|{}|0|trailer: x||",
                "POST / HTTP/1.1|host:||",
            })
    void passesARequestWithOneEnd(String wire) {
        receive(wire.replace("|", "\r\n"));

        assertThat(channel.<HttpRequest>readInbound()).isNotNull();
        assertThat(sent()).isEmpty();
        assertThat(channel.isActive()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "POST / HTTP/1.1|host: x|content-length: 2|transfer-encoding: chunked||0||",
                "POST / HTTP/1.1|host: x|transfer-encoding: chunked|content-length: 2||0||",
                "POST / HTTP/1.1|host: x|content-length: 2|content-length: 2||{}",
                "POST / HTTP/1.1|host: x|content-length: 2|content-length: 3||{}",
                "POST / HTTP/1.1|host: x|content-length: 2, 2||{}",
                "POST / HTTP/1.1|host: x|content-length: +2||{}",
                "POST / HTTP/1.1|host: x|content-length: -2||{}",
                "POST / HTTP/1.1|host: x|content-length: 0x2||{}",
                "POST / HTTP/1.1|host: x|content-length: 99999999999999999999||{}",
                "POST / HTTP/1.1|host: x|content-length:||{}",
                "POST / HTTP/1.0|transfer-encoding: chunked||0||",
                "POST / HTTP/1.1|host: x|transfer-encoding: gzip, chunked||0||",
                "POST / HTTP/1.1|host: x|transfer-encoding: chunked|transfer-encoding: chunked||0||",
                "POST / HTTP/1.1|host: x|transfer-encoding: chunked, chunked||0||",
                "POST / HTTP/1.1|host: x|transfer-encoding: identity||0||",
                "POST / HTTP/1.1|host: x|transfer-encoding: xchunked||0||",
                "POST / HTTP/1.1|host: x|transfer-encoding:||0||",
                "POST / HTTP/1.1|host: x|transfer-encoding : chunked||0||",
                "POST / HTTP/1.1|host: x|content-length : 2||{}",
                "POST / HTTP/1.1|host: x|content-length: 2| transfer-encoding: chunked||{}",
                "POST / HTTP/1.1|host: x|x: a\u0000b||",
                "POST / HTTP/1.1|host: x|x: a\rb||",
                "POST / HTTP/1.1|host: x|x\u00e4: b||",
                "POST / HTTP/1.1|host: x|no colon||",
                "GET / HTTP/1.1||",
                "GET / HTTP/1.1|host: x|host: x||",
                "GET / HTTP/1.2|host: x||",
                "GET / HTTP/2.0|host: x||",
                "GET / HTTP/0.9||",
                "GET /|host: x||",
                "GET  / HTTP/1.1|host: x||",
                "GET / x HTTP/1.1|host: x||",
                "G\u0000T / HTTP/1.1|host: x||",
                "garbage||",
            })
    void refusesARequestThatMayEndTwiceOrNowhere(String wire) {
        receive(wire.replace("|", "\r\n"));

        assertRefused(400, "bad-request");
    }

    @Test
    void refusesLineEndsThatOthersReadDifferently() {
        receive("GET / HTTP/1.1\nhost: x\n\n");

        assertRefused(400, "bad-request");
    }

    @ParameterizedTest
    @CsvSource({"'GET /%s HTTP/1.1|host: x||'", "'GET / HTTP/1.1|host: x|x: %s||'"})
    void refusesALongHead(String wire) {
        receive(wire.replace("|", "\r\n").formatted("a".repeat(MAX_HEAD_BYTES)));

        assertRefused(431, "head-too-large");
    }

    @Test
    void refusesManyHeaderFields() {
        receive("GET / HTTP/1.1\r\nhost: x\r\n" + "x: y\r\n".repeat(MAX_HEADERS) + "\r\n");

        assertRefused(431, "head-too-large");
    }

    @Test
    void passesAsManyHeaderFieldsAsAreAllowed() {
        receive("GET / HTTP/1.1\r\nhost: x\r\n" + "x: y\r\n".repeat(MAX_HEADERS - 1) + "\r\n");

        assertThat(sent()).isEmpty();
    }

    @Test
    void badRequestIsRefusedAtOnce() {
        receive(BAD);

        assertThat(sent()).startsWith("HTTP/1.1 400 ").contains("connection: close");
    }

    @Test
    void badRequestBehindAGoodOneIsRefusedBehindItsAnswer() {
        receive(GOOD + BAD);
        assertThat(sent()).isEmpty();

        answer();

        assertThat(sent()).startsWith("HTTP/1.1 200 OK").contains("HTTP/1.1 400 ");
    }

    @Test
    void nothingBehindABadRequestIsPassedOn() {
        receive(BAD + GOOD);

        assertThat(channel.inboundMessages()).isEmpty();
    }

    private void assertRefused(int status, String failure) {
        assertThat(channel.inboundMessages()).isEmpty();
        assertThat(sent())
                .startsWith("HTTP/1.1 " + status + ' ')
                .contains("connection: close", "x-bedrock-proxy-failure: " + failure);
    }

    private void receive(String text) {
        channel.writeInbound(Unpooled.copiedBuffer(text, StandardCharsets.ISO_8859_1));
    }

    private void answer() {
        DefaultFullHttpResponse response = new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.OK);
        response.headers().set("content-length", 0);
        channel.writeOutbound(response);
    }

    private String sent() {
        StringBuilder text = new StringBuilder();
        for (ByteBuf part = channel.readOutbound(); part != null; part = channel.readOutbound()) {
            text.append(part.toString(StandardCharsets.US_ASCII));
            part.release();
        }
        return text.toString();
    }
}
