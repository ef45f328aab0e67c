package io.bedrockproxy.core.credentials;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Logs when one refresher's fortune changes: once for each cause, not for each try and not for each request. Its owner
 * calls it outside its lock; lines of two tries that end together may swap.
 */
final class CauseLog {
    private static final Logger LOG = LoggerFactory.getLogger(RefreshingCredentials.class);

    private final String label;
    private @Nullable SourceError logged;

    CauseLog(String label) {
        this.label = label;
    }

    synchronized void failed(SourceError error, @Nullable SessionCredentials served) {
        if (logged != null && logged.isSameCauseAs(error)) {
            return;
        }
        logged = error;
        LOG.warn(
                "credentials=\"{}\" state={} code={} message=\"{}\" served-meanwhile={}",
                label,
                error.isDenied() ? "denied" : "unavailable",
                error.code(),
                error.detail().isEmpty() ? error.summary() : error.detail(),
                served == null ? "none" : served);
    }

    synchronized void fetched(SessionCredentials credentials) {
        if (logged != null) {
            LOG.info("credentials=\"{}\" state=ready recovered-from={} fetched={}", label, logged.code(), credentials);
        } else {
            LOG.debug("credentials=\"{}\" state=ready fetched={}", label, credentials);
        }
        logged = null;
    }
}
