package io.bedrockproxy.server.command;

import java.util.List;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * SIGTERM and SIGINT (Ctrl-C): the first one ends in good order, the second at once.
 *
 * <p>A shutdown hook would not do: the JVM then exits with 143, which supervisors take for a crash, and it does not hear
 * a second signal.
 */
final class StopSignals {
    private static final Logger LOG = LoggerFactory.getLogger(StopSignals.class);
    /** coreutils' timeout signals the process and then its group: what comes as fast as that is one signal. */
    private static final long SAME_SIGNAL_NANOS = 200_000_000;

    private final Runnable stop;
    private final LongSupplier nanos;
    private final Runnable end;
    private boolean stopping;
    private long stoppingSince;

    StopSignals(Runnable stop, LongSupplier nanos, Runnable end) {
        this.stop = stop;
        this.nanos = nanos;
        this.end = end;
    }

    /**
     * From now on the first signal runs {@code stop}, on a thread of the JVM's; whoever waits for what it begins then
     * leaves {@code main}.
     */
    static void onFirst(Runnable stop, LongSupplier nanos) {
        StopSignals signals =
                new StopSignals(stop, nanos, () -> Runtime.getRuntime().halt(1));
        for (String name : List.of("TERM", "INT")) {
            try {
                ProcessSignals.handle(name, () -> signals.received(name));
            } catch (ReflectiveOperationException e) {
                LOG.warn("SIG{} cannot be handled: it ends the process at once", name, e);
            }
        }
    }

    synchronized void received(String name) {
        if (!stopping) {
            stopping = true;
            stoppingSince = nanos.getAsLong();
            LOG.info("SIG{}: ending in good order; once more ends at once", name);
            stop.run();
        } else if (nanos.getAsLong() - stoppingSince >= SAME_SIGNAL_NANOS) {
            LOG.warn("SIG{} again: ending at once", name);
            end.run();
        }
    }
}
