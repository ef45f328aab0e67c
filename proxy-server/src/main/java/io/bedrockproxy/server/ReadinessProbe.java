package io.bedrockproxy.server;

import io.bedrockproxy.core.credentials.CredentialsRegistry;
import io.bedrockproxy.core.credentials.CredentialsState;
import io.bedrockproxy.core.credentials.CredentialsStatus;
import io.bedrockproxy.server.admin.Readiness;
import io.bedrockproxy.server.reload.ReloadState;
import java.util.List;
import java.util.function.Supplier;

/**
 * Ready = not draining, and at least one role or source holds usable credentials (or none is configured). That the
 * listeners are bound and the configuration is valid needs no check: else nobody could ask. Safe from any thread.
 */
final class ReadinessProbe {
    private final Supplier<CredentialsRegistry> credentials;
    private final Supplier<ReloadState> configuration;
    private volatile boolean draining;

    /** @param configuration for the reader of the answer: a reload that failed does not make what runs less ready */
    ReadinessProbe(Supplier<CredentialsRegistry> credentials, Supplier<ReloadState> configuration) {
        this.credentials = credentials;
        this.configuration = configuration;
    }

    /** Not ready from now on, for good. */
    void drain() {
        draining = true;
    }

    Readiness now() {
        List<CredentialsStatus> states = credentials.get().states();
        boolean usable = states.isEmpty() || states.stream().anyMatch(CredentialsStatus::isReady);
        return new Readiness(
                usable && !draining,
                draining,
                states.stream().map(ReadinessProbe::line).toList(),
                line(configuration.get()));
    }

    private static Readiness.ConfigurationLine line(ReloadState state) {
        return new Readiness.ConfigurationLine(
                state.hasFailed() ? "reload-failed" : "current", state.since(), state.message());
    }

    private static Readiness.CredentialsLine line(CredentialsStatus status) {
        CredentialsState state = status.state();
        if (state instanceof CredentialsState.Ready ready) {
            String expires = ready.expiration() == null ? "no expiration" : "expires " + ready.expiration();
            String trouble = ready.lastErrorCode() == null ? "" : ", last refresh failed: " + ready.lastErrorCode();
            return new Readiness.CredentialsLine(status.label(), "ready", expires + trouble);
        }
        if (state instanceof CredentialsState.Failed failed) {
            return new Readiness.CredentialsLine(
                    status.label(),
                    "failed",
                    failed.kind().label() + ", " + failed.errorCode() + ": " + failed.summary());
        }
        return new Readiness.CredentialsLine(status.label(), "pending", "not asked yet");
    }
}
