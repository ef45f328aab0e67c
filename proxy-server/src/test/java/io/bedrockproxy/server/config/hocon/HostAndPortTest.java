package io.bedrockproxy.server.config.hocon;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HostAndPortTest {
    @ParameterizedTest
    @CsvSource({"127.0.0.1:0, 127.0.0.1, 0", "localhost:65535, localhost, 65535", "[::1]:8080, ::1, 8080"})
    void readsWhatOperatorsWrite(String text, String host, int port) {
        assertThat(HostAndPort.parse(text)).isEqualTo(new HostAndPort(host, port));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "8080", ":8080", "localhost", "localhost:", "localhost:x", "::1:80", "h:65536", "a b:1"})
    void readsNothingElse(String text) {
        assertThat(HostAndPort.parse(text)).isNull();
    }
}
