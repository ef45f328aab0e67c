package io.bedrockproxy.core.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RequestTargetTest {
    @Test
    void keepsPathAndQueryAsReceived() {
        assertThat(RequestTarget.parse("/a/%2e%2E//b;c?d=%zz?e"))
                .isEqualTo(new RequestTarget("/a/%2e%2E//b;c", "d=%zz?e"));
    }

    @Test
    void tellsAnEmptyQueryFromNone() {
        assertThat(RequestTarget.parse("/")).isEqualTo(new RequestTarget("/", null));
        assertThat(RequestTarget.parse("/?")).isEqualTo(new RequestTarget("/", ""));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "*", "a", "http://h/", "h:443", "/a b", "/a\u0000", "/a\u007f", "/\u00e4", "/a#b"})
    void understandsTheOriginFormOnly(String raw) {
        assertThat(RequestTarget.parse(raw)).isNull();
    }

    @Test
    void refusesAPathThatIsNone() {
        assertThatThrownBy(() -> new RequestTarget("a", null))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("path: a (expected: starts with /)");
    }
}
