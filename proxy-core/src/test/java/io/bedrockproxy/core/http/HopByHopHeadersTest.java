package io.bedrockproxy.core.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class HopByHopHeadersTest {
    @Test
    void knowsThoseOfRfc9110() {
        assertThat(HopByHopHeaders.with(List.of()))
                .contains("connection", "keep-alive", "te", "trailer", "transfer-encoding", "upgrade")
                .contains("proxy-connection", "proxy-authenticate", "proxy-authorization", "http2-settings");
    }

    @Test
    void addsWhatConnectionNominates() {
        assertThat(HopByHopHeaders.with(List.of("X-One,\tx-two ", "close, , X-THREE")))
                .containsAll(HopByHopHeaders.with(List.of()))
                .contains("x-one", "x-two", "x-three")
                .doesNotContain("", "close");
    }

    @Test
    void makesNoSetWhenNothingIsNominated() {
        assertThat(HopByHopHeaders.with(List.of("Keep-Alive", "close", "Upgrade, HTTP2-Settings")))
                .isSameAs(HopByHopHeaders.with(List.of()));
    }
}
