package io.bedrockproxy.core.eventstream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.eventstream.Message;
import software.amazon.eventstream.MessageDecoder;

class ExceptionFrameTest {
    @ParameterizedTest
    @ValueSource(strings = {"", "The stream was cut.", "quote \" back\\slash \n line, \u0000 and \uD83D\uDE00"})
    void isReadByTheSdk(String message) throws IOException {
        byte[] frame = ExceptionFrame.encode("modelStreamErrorException", message);
        List<Message> decoded = new ArrayList<>();

        new MessageDecoder(decoded::add).feed(frame);

        assertThat(decoded).hasSize(1);
        assertThat(decoded.get(0).getHeaders())
                .hasToString("{:exception-type=\"modelStreamErrorException\", :content-type=\"application/json\","
                        + " :message-type=\"exception\"}");
        assertThat(new ObjectMapper()
                        .readTree(decoded.get(0).getPayload())
                        .get("message")
                        .asText())
                .isEqualTo(message);
    }

    @Test
    void isReadByTheScanner() {
        FrameScanner scanner = new FrameScanner();

        ScanResult result = scanner.scan(ByteBuffer.wrap(ExceptionFrame.encode("internalServerException", "x")));

        assertThat(result).isEqualTo(new ScanResult.Valid());
        assertThat(scanner.end()).isEqualTo(StreamEnd.EXCEPTION);
        assertThat(scanner.exceptionType()).isEqualTo("internalServerException");
        assertThat(scanner.frames()).isOne();
    }

    @Test
    void looksLikeTheFramesOfBedrock() {
        byte[] stream =
                StreamSample.named("converse_exc_throttlingException.bin").bytes();

        byte[] frame =
                ExceptionFrame.encode("throttlingException", "Too many tokens, please wait before trying again.");

        assertThat(stream).endsWith(frame);
    }

    @Test
    void refusesATypeThatNoHeaderHolds() {
        assertThatIllegalArgumentException().isThrownBy(() -> ExceptionFrame.encode("", "x"));
        assertThatIllegalArgumentException().isThrownBy(() -> ExceptionFrame.encode("x".repeat(256), "x"));
    }
}
