package io.bedrockproxy.core.credentials;

import java.time.InstantSource;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * The credentials of one key, fresh whenever somebody looks. Any thread may call any method; none blocks. {@link Refresher}
 * keeps them fresh.
 */
public final class RefreshingCredentials {
    private final Refresher refresher;

    RefreshingCredentials(
            CredentialsSource source,
            Scheduler scheduler,
            InstantSource clock,
            RefreshSchedule schedule,
            String label) {
        this.refresher = new Refresher(source, scheduler, clock, schedule, new CauseLog(label));
    }

    /**
     * The credentials to sign with now, or null when there are none that AWS would still accept when the request arrives.
     * A volatile read and a look at the clock.
     */
    public @Nullable SessionCredentials current() {
        refresher.use();
        return refresher.usable();
    }

    /**
     * The credentials to sign with as soon as there are any. Never completes exceptionally; completes within 16 s, on a
     * thread of this package unless it is complete when returned.
     */
    public CompletionStage<CredentialsResult> next() {
        refresher.use();
        return refresher.next();
    }

    /**
     * Other credentials than {@code refused}, which AWS called expired or unknown. Fetches them if {@code refused} are
     * still the current ones, at most once in 10 s; others meanwhile get the current ones. Completes as {@link #next}.
     */
    public CompletionStage<CredentialsResult> rejected(SessionCredentials refused) {
        refresher.use();
        return refresher.replace(refused);
    }

    /** How the credentials stand, for readiness and logs. */
    public CredentialsState state() {
        return refresher.state();
    }

    /** Fetches now, and keeps the credentials fresh even when nobody uses them. Completes as {@link #next}. */
    CompletionStage<CredentialsResult> start() {
        refresher.keepAwake();
        return refresher.next();
    }

    /** The source may have others now. Does not block. */
    void renew() {
        refresher.renew();
    }

    /** Stops refreshing when the try in flight, if any, has ended. */
    void retire() {
        refresher.next().whenComplete((result, thrown) -> refresher.close());
    }

    /** Stops refreshing. The current credentials stay usable until they expire, so that open exchanges can end. */
    void close() {
        refresher.close();
    }
}
