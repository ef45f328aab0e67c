package io.bedrockproxy.core.endpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EndpointOverrideTest {
    @ParameterizedTest
    @CsvSource({
        "https://vpce.example.com,        https://vpce.example.com",
        "https://VPCE.example.com:8443/,  https://vpce.example.com:8443",
        "HTTP://LocalHost:80,             http://localhost:80",
        "http://127.0.0.1:4566,           http://127.0.0.1:4566",
        "http://127.255.3.200,            http://127.255.3.200",
        "http://[::1]:9000/,              http://[::1]:9000",
    })
    void acceptsTlsAnywhereAndPlaintextTowardsLoopback(String text, String expected) {
        assertThat(EndpointOverride.parse(text)).hasToString(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://example.com",
                "http://10.0.0.1:8080",
                "http://127.0.0.1.example.com",
                "http://localhost.example.com",
                "http://127.0.0.256",
                "http://127.1",
                "http://[::ffff:127.0.0.1]",
                "http://0.0.0.0",
                "ftp://localhost",
                "localhost:8080",
                "//localhost",
                "https://",
                "https:///path",
                "https://host/path",
                "https://host?query",
                "https://host#fragment",
                "https://host:0",
                "https://host:70000",
                "https://under_score.example.com",
                "https://host name",
                "",
            })
    void refusesEverythingElse(String text) {
        assertThatThrownBy(() -> EndpointOverride.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("(expected: https://host[:port], or http://host[:port]");
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://user:hunter2@host", "https://user:hunter2@under_score", "https://hunter2@ho st"})
    void doesNotRepeatUserInformation(String text) {
        assertThatThrownBy(() -> EndpointOverride.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageNotContaining("hunter2");
    }
}
