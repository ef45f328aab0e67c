package io.bedrockproxy.server.listener;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the decoder takes for a request line. */
class StrictRequestDecoderTest {
    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            ignoreLeadingAndTrailingWhitespace = false,
            value = {
                "POST /model/x/invoke HTTP/1.1|true",
                "POST /model/x/invoke HTTP/1.0|true",
                "POST  /model/x/invoke HTTP/1.1|false",
                "POST /model/x/invoke  HTTP/1.1|false",
                "POST\t/model/x/invoke\tHTTP/1.1|false",
                "POST /model/x/invoke http/1.1|false",
                "POST /model/x/invoke HTTP/1.2|false",
                "POST /model/x/invoke HTTP/2.0|false",
                "POST /model/x/invoke HTTP/0.9|false",
                "POST /model/x/invoke|false",
                " POST /model/x/invoke HTTP/1.1|false",
                "POST /model/x y/invoke HTTP/1.1|false"
            })
    void readsOneForm(String line, boolean isGood) {
        EmbeddedChannel channel = new EmbeddedChannel(new StrictRequestDecoder(8192));
        channel.writeInbound(Unpooled.copiedBuffer(line + "\r\nHost: a\r\n\r\n", StandardCharsets.US_ASCII));
        HttpRequest request = channel.readInbound();
        assertThat(request.decoderResult().isSuccess()).isEqualTo(isGood);
        channel.finishAndReleaseAll();
    }
}
