package io.bedrockproxy.server.listener;

import static org.assertj.core.api.Assertions.assertThat;

import io.bedrockproxy.server.LeakCheck;
import io.bedrockproxy.server.exchange.DrainEvent;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@ExtendWith(LeakCheck.class)
class PrefaceSnifferTest {
    private final List<Boolean> choices = new ArrayList<>();
    private final EmbeddedChannel channel =
            new EmbeddedChannel(new PrefaceSniffer((ctx, isHttp2) -> choices.add(isHttp2)));

    @ParameterizedTest
    @CsvSource({
        "'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\nrest', true",
        "'POST /model/x/invoke HTTP/1.1\r\n', false",
        "'PRI * HTTP/2.0\r\n\r\nSN\r\n\r\nrest', false",
        "'PRI * HTTP/1.1\r\n\r\n', false",
        "'GET / HTTP/1.1\r\n\r\n', false",
        "'\u0016\u0003\u0001', false",
    })
    void choosesByTheFirstBytesHoweverTheyCome(String bytes, boolean isHttp2) {
        for (byte single : bytes.getBytes(StandardCharsets.ISO_8859_1)) {
            channel.writeInbound(Unpooled.wrappedBuffer(new byte[] {single}));
        }

        assertThat(choices).containsExactly(isHttp2);
        assertThat(passedOn()).isEqualTo(bytes);
    }

    @Test
    void choosesAtOnce() {
        channel.writeInbound(Unpooled.copiedBuffer("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\nrest", StandardCharsets.US_ASCII));

        assertThat(choices).containsExactly(true);
        assertThat(passedOn()).isEqualTo("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\nrest");
    }

    @Test
    void waitsWhileBothArePossible() {
        channel.writeInbound(Unpooled.copiedBuffer("P", StandardCharsets.US_ASCII));

        assertThat(choices).isEmpty();
        assertThat(passedOn()).isEmpty();
        channel.finishAndReleaseAll();
    }

    @Test
    void closesOnDrain() {
        channel.pipeline().fireUserEventTriggered(DrainEvent.DRAIN);

        assertThat(channel.isActive()).isFalse();
    }

    private String passedOn() {
        StringBuilder text = new StringBuilder();
        for (ByteBuf part = channel.readInbound(); part != null; part = channel.readInbound()) {
            text.append(part.toString(StandardCharsets.ISO_8859_1));
            part.release();
        }
        return text.toString();
    }
}
