package io.bedrockproxy.core.header;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HeaderConfigTest {
    private static final List<String> SECRET_HEADERS = List.of("authorization", "x-api-key");

    @ParameterizedTest
    @CsvSource({
        "authorization, may hold a secret",
        "x-api-key, may hold a secret",
        "proxy-authorization, may hold a secret",
        "cookie, may hold a secret",
        "x-amz-date, signature is the proxy's",
        "x-amz-security-token, signature is the proxy's",
        "x-amz-user-agent, signature is the proxy's",
        "host, writes its own",
        "accept-encoding, writes its own",
        "content-length, one connection only",
        "transfer-encoding, one connection only",
        "connection, one connection only",
        "upgrade, one connection only",
        "expect, one connection only",
        "forwarded, who is behind the proxy",
        "x-forwarded-for, who is behind the proxy",
        "x-forwarded-host, who is behind the proxy",
        "via, who is behind the proxy"
    })
    void saysWhyAHeaderCannotBeForwarded(String name, String why) {
        assertThatThrownBy(() -> new HeaderConfig(List.of("x-fine", name), SECRET_HEADERS))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("forward-headers: " + name)
                .hasMessageContaining(why);
    }

    @Test
    void takesEveryOtherHeader() {
        List<String> names = List.of("x-team", "anthropic-beta", "user-agent", "x-amzn-trace-id");
        assertThat(new HeaderConfig(names, SECRET_HEADERS).forwardHeaders()).isEqualTo(names);
    }
}
