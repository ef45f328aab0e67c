package io.bedrockproxy.core.sigv4;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * This machine's clock plus what AWS has shown it to be off by. AWS refuses a signature whose date is five minutes off,
 * and says with each refusal what time it is. One for the process; any thread may call any method.
 */
public final class CorrectedClock implements InstantSource {
    /** A {@code Date} that is no further off says nothing: AWS takes five minutes, and answers travel. */
    static final Duration TOLERANCE = Duration.ofMinutes(2);

    /** No time zone mistake is larger; one that is comes from a machine, or from an upstream, that is not to be believed. */
    static final Duration LONGEST_OFFSET = Duration.ofDays(1);

    private static final Logger LOG = LoggerFactory.getLogger(CorrectedClock.class);

    private final InstantSource machine;
    private volatile Duration offset = Duration.ZERO;
    private Duration lastUnbelieved = Duration.ZERO;

    /** @param machine this machine's clock, which is taken as right until AWS says otherwise */
    public CorrectedClock(InstantSource machine) {
        this.machine = Objects.requireNonNull(machine, "machine");
    }

    @Override
    public Instant instant() {
        return machine.instant().plus(offset);
    }

    /** What is added to the machine's clock now. Remember it with a signature, for {@link #correct}. */
    public Duration offset() {
        return offset;
    }

    /**
     * Learns from a refused signature, unless another one has taught the same meanwhile. Call it only with what an
     * endpoint said that was reached by verified TLS or on loopback.
     *
     * @param date the time that the refusal carries
     * @param signedWith the offset that the signature was made with
     * @return whether a new signature has another date, one that AWS accepts
     */
    public synchronized boolean correct(Instant date, Duration signedWith) {
        Duration needed = Duration.between(machine.instant(), date);
        if (isTolerable(needed.minus(signedWith))) {
            return false;
        }
        if (needed.abs().compareTo(LONGEST_OFFSET) > 0) {
            unbelieved(needed);
            return false;
        }
        if (!isTolerable(needed.minus(offset))) {
            offset = isTolerable(needed) ? Duration.ZERO : needed;
            changed();
        }
        return true;
    }

    private void changed() {
        if (offset.isZero()) {
            LOG.warn(
                    "clock-offset-seconds=0 message=\"The clock of this machine is right again; it is used as it is.\"");
        } else {
            LOG.warn(
                    "clock-offset-seconds={} message=\"AWS refused a signature: by its clock this machine is {} s {}."
                            + " Signatures use AWS's time from now on. Synchronise the clock of this machine (NTP).\"",
                    offset.toSeconds(),
                    offset.abs().toSeconds(),
                    offset.isNegative() ? "fast" : "slow");
        }
    }

    private void unbelieved(Duration needed) {
        if (!isTolerable(needed.minus(lastUnbelieved))) {
            lastUnbelieved = needed;
            LOG.warn(
                    "clock-offset-seconds={} refused-offset-seconds={} message=\"AWS refused a signature with a date"
                            + " that is more than {} s off, which is not believed. Set the clock of this machine.\"",
                    offset.toSeconds(),
                    needed.toSeconds(),
                    LONGEST_OFFSET.toSeconds());
        }
    }

    private static boolean isTolerable(Duration difference) {
        return difference.abs().compareTo(TOLERANCE) <= 0;
    }
}
