package io.bedrockproxy.emulator;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Objects;
import java.util.Set;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * What an emulator is started with.
 *
 * @param bedrock where the Bedrock side listens; port 0: any free one
 * @param sts where the STS side listens; port 0: any free one
 * @param credentialLife the longest life of issued credentials, below what AWS allows to ask for
 * @param pace between the events of an ordinary stream
 * @param regions which regions signatures may name; empty: any that looks like one
 * @param tls null for cleartext; else both sides speak TLS only
 * @param clock what signatures, expirations and Date headers go by
 * @param nanos a monotonic clock, for the recorder
 * @param recorded how many requests the recorder keeps
 */
public record EmulatorConfig(
        InetSocketAddress bedrock,
        InetSocketAddress sts,
        Duration credentialLife,
        Duration pace,
        Set<String> regions,
        @Nullable EmulatorTls tls,
        InstantSource clock,
        LongSupplier nanos,
        int recorded) {
    /** Refuses nulls and copies. */
    public EmulatorConfig {
        Objects.requireNonNull(bedrock, "bedrock");
        Objects.requireNonNull(sts, "sts");
        Objects.requireNonNull(clock, "clock");
        Objects.requireNonNull(nanos, "nanos");
        regions = Set.copyOf(regions);
        if (credentialLife.isNegative() || credentialLife.isZero()) {
            throw new IllegalArgumentException("credentialLife: " + credentialLife + " (expected: > 0)");
        }
    }

    /** Free ports on loopback, cleartext, credentials of one hour, events 40 ms apart, the real clock. */
    @SuppressForbidden
    public static EmulatorConfig defaults() {
        InetSocketAddress anyPort = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        return new EmulatorConfig(
                anyPort,
                anyPort,
                Duration.ofHours(1),
                Duration.ofMillis(40),
                Set.of(),
                null,
                InstantSource.system(),
                System::nanoTime,
                1024);
    }

    /** With the Bedrock side there. */
    public EmulatorConfig withBedrock(InetSocketAddress address) {
        return new EmulatorConfig(address, sts, credentialLife, pace, regions, tls, clock, nanos, recorded);
    }

    /** With the STS side there. */
    public EmulatorConfig withSts(InetSocketAddress address) {
        return new EmulatorConfig(bedrock, address, credentialLife, pace, regions, tls, clock, nanos, recorded);
    }

    /** With credentials that live no longer. */
    public EmulatorConfig withCredentialLife(Duration life) {
        return new EmulatorConfig(bedrock, sts, life, pace, regions, tls, clock, nanos, recorded);
    }

    /** With events so far apart. */
    public EmulatorConfig withPace(Duration between) {
        return new EmulatorConfig(bedrock, sts, credentialLife, between, regions, tls, clock, nanos, recorded);
    }

    /** With only these regions. */
    public EmulatorConfig withRegions(Set<String> names) {
        return new EmulatorConfig(bedrock, sts, credentialLife, pace, names, tls, clock, nanos, recorded);
    }

    /** With TLS. */
    public EmulatorConfig withTls(@Nullable EmulatorTls certificates) {
        return new EmulatorConfig(bedrock, sts, credentialLife, pace, regions, certificates, clock, nanos, recorded);
    }

    /** With another clock. */
    public EmulatorConfig withClock(InstantSource source) {
        return new EmulatorConfig(bedrock, sts, credentialLife, pace, regions, tls, source, nanos, recorded);
    }

    /** With so many requests kept. */
    public EmulatorConfig withRecorded(int requests) {
        return new EmulatorConfig(bedrock, sts, credentialLife, pace, regions, tls, clock, nanos, requests);
    }
}
