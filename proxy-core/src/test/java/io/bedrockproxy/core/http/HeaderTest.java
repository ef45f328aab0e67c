package io.bedrockproxy.core.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class HeaderTest {
    @Test
    void printsItsNameOnly() {
        assertThat(new Header("x-api-key", "hunter2")).hasToString("x-api-key: ***");
    }
}
