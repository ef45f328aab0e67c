package io.bedrockproxy.server;

import io.bedrockproxy.core.credentials.CredentialsRegistry;
import io.bedrockproxy.core.credentials.CredentialsState;
import io.bedrockproxy.core.credentials.CredentialsStatus;
import io.bedrockproxy.server.admin.Readiness;
import java.util.List;

/**
 * Ready = not draining, and at least one role or source holds usable credentials (or none is configured). That the
 * listeners are bound and the configuration is valid needs no check: else nobody could ask. Safe from any thread.
 */
final class ReadinessProbe {
    private final CredentialsRegistry credentials;
    private volatile boolean draining;

    ReadinessProbe(CredentialsRegistry credentials) {
        this.credentials = credentials;
    }

    /** Not ready from now on, for good. */
    void drain() {
        draining = true;
    }

    Readiness now() {
        List<CredentialsStatus> states = credentials.states();
        boolean usable = states.isEmpty() || states.stream().anyMatch(CredentialsStatus::isReady);
        return new Readiness(
                usable && !draining,
                draining,
                states.stream().map(ReadinessProbe::line).toList());
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
