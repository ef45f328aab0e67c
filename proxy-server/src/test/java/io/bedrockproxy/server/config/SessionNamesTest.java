package io.bedrockproxy.server.config;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SessionNamesTest {
    @Test
    void areTheClientsNamesWhereStsTakesThem() {
        assertThat(SessionNames.from("team-a_1")).isEqualTo("team-a_1");
        assertThat(SessionNames.from("x".repeat(64))).hasSize(64);
    }

    @Test
    void ofShortNamesAreLongEnoughAndLikeNoOtherClients() {
        assertThat(SessionNames.from("a")).hasSize(2).isNotIn(SessionNames.from("a-"), SessionNames.from("a_"));
    }
}
