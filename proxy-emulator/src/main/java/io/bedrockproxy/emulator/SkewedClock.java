package io.bedrockproxy.emulator;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** A clock that can be put wrong while it runs. */
final class SkewedClock implements InstantSource {
    private final InstantSource right;
    private volatile Duration skew = Duration.ZERO;

    SkewedClock(InstantSource right) {
        this.right = right;
    }

    void skew(Duration ahead) {
        skew = ahead;
    }

    @Override
    public Instant instant() {
        return right.instant().plus(skew);
    }
}
