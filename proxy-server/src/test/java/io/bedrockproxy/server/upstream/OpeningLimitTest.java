package io.bedrockproxy.server.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import io.bedrockproxy.core.endpoint.Endpoint;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class OpeningLimitTest {
    private static final Endpoint ENDPOINT = new Endpoint("https", "a", 443, "us-east-1", "bedrock");
    private static final Endpoint OTHER = new Endpoint("https", "b", 443, "us-east-1", "bedrock");
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final List<String> events = new ArrayList<>();
    private long now;
    private final OpeningLimit limit = new OpeningLimit(PATIENCE, () -> now);

    private void enter(Endpoint endpoint, String name) {
        limit.enter(endpoint, () -> events.add(name), () -> events.add(name + " gave up"));
    }

    private void fill() {
        for (int i = 0; i < OpeningLimit.MAX_AT_ONCE; i++) {
            enter(ENDPOINT, "first");
        }
        assertThat(events).hasSize(OpeningLimit.MAX_AT_ONCE);
        events.clear();
    }

    @Test
    void startsTheNextInOrderWhenOneHasEnded() {
        fill();
        enter(ENDPOINT, "a");
        enter(ENDPOINT, "b");
        assertThat(events).isEmpty();

        limit.leave(ENDPOINT);
        assertThat(events).containsExactly("a");
        limit.leave(ENDPOINT);
        assertThat(events).containsExactly("a", "b");
    }

    @Test
    void countsEachEndpointForItself() {
        fill();
        enter(OTHER, "other");
        assertThat(events).containsExactly("other");
    }

    @Test
    void givesUpWhatHasWaitedForTooLong() {
        fill();
        enter(ENDPOINT, "early");
        now += PATIENCE.toNanos() + 1;
        enter(ENDPOINT, "late");

        limit.leave(ENDPOINT);
        assertThat(events).containsExactly("early gave up", "late");
    }

    @Test
    void countsDownToNothing() {
        fill();
        for (int i = 0; i < OpeningLimit.MAX_AT_ONCE; i++) {
            limit.leave(ENDPOINT);
        }
        fill();
        enter(ENDPOINT, "one too many");
        assertThat(events).isEmpty();
    }
}
