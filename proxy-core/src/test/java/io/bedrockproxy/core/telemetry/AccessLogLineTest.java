package io.bedrockproxy.core.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;

class AccessLogLineTest {
    /** Controls of ISO 8859-1 and Unicode's line separator end a line for some readers of logs. */
    @Test
    void isOneLineOfAsciiWhateverAValueHolds() throws JsonProcessingException {
        String nasty = "a\r\n{\"forged\":1}\u001b[31m\u0085\u2028\u00e9";
        ExchangeRecord record = new ExchangeRecord(InstantSource.system(), () -> 0);
        record.responseHead(200, nasty);

        String line = AccessLog.line(record.finish(Outcome.COMPLETE, null));

        assertThat(line.chars()).allMatch(c -> c >= ' ' && c < 0x7f);
        assertThat(new ObjectMapper().readTree(line).get("request_id").asText()).isEqualTo(nasty);
    }
}
