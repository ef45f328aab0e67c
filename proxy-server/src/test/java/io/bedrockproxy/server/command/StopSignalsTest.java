package io.bedrockproxy.server.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class StopSignalsTest {
    private final List<String> done = new ArrayList<>();
    private final AtomicLong nanos = new AtomicLong(-5);
    private final StopSignals signals = new StopSignals(() -> done.add("stop"), nanos::get, () -> done.add("end"));

    @Test
    void stopOnceAndThenEnd() {
        signals.received("TERM");
        assertThat(done).containsExactly("stop");
        nanos.addAndGet(Duration.ofSeconds(1).toNanos());
        signals.received("TERM");
        assertThat(done).containsExactly("stop", "end");
    }

    @Test
    void countTwoAtOnceAsOne() {
        signals.received("TERM");
        nanos.addAndGet(Duration.ofMillis(199).toNanos());
        signals.received("TERM");
        assertThat(done).as("timeout(1) signals the process and its group").containsExactly("stop");
    }

    @Test
    void endByAnotherSignalToo() {
        signals.received("TERM");
        nanos.addAndGet(Duration.ofMillis(200).toNanos());
        signals.received("INT");
        assertThat(done).containsExactly("stop", "end");
    }
}
