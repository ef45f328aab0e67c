package io.bedrockproxy.core.credentials;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * The machine behind {@link RefreshingCredentials}. Asks the source when it is time, one try at a time, off the event loop,
 * and remembers how the last one ended. What is not volatile is guarded by this object's lock, under which nothing blocks;
 * futures are completed and lines are logged after it is released. The package describes its states.
 */
final class Refresher {
    /** A request never waits longer than this, whatever the tries do. */
    static final Duration LONGEST_WAIT = Duration.ofSeconds(16);
    /** Credentials that AWS refused are not replaced more often than this: the cause may lie elsewhere. */
    static final Duration REPLACE_PAUSE = Duration.ofSeconds(10);

    private final CredentialsSource source;
    private final Scheduler scheduler;
    private final InstantSource clock;
    private final RefreshSchedule schedule;
    private final CauseLog log;
    private final Outage outage;
    private final Waiters waiters;

    private volatile @Nullable Snapshot snapshot;
    /** Whether the timer found that nobody uses the credentials, so that they are left to expire. */
    private volatile boolean asleep;
    /** Whether somebody asked since the last try ended. Written by every event loop; a lost update costs one refresh. */
    private volatile boolean used;
    /** The latest try while it is in flight. */
    private @Nullable Try current;

    private Scheduler.Timer timer = () -> {};
    private @Nullable Long replacedNanos;
    private boolean isKeptAwake;
    private boolean isClosed;

    Refresher(
            CredentialsSource source,
            Scheduler scheduler,
            InstantSource clock,
            RefreshSchedule schedule,
            CauseLog log) {
        this.source = source;
        this.scheduler = scheduler;
        this.clock = clock;
        this.schedule = schedule;
        this.log = log;
        this.outage = new Outage(schedule, source.alternatives());
        this.waiters = new Waiters(scheduler, LONGEST_WAIT, () -> failure().result());
    }

    /** Takes note that somebody uses the credentials. Takes no lock unless nobody has used them for a whole life. */
    void use() {
        if (!used) {
            used = true;
        }
        if (asleep) {
            wake();
        }
    }

    @Nullable
    SessionCredentials usable() {
        Snapshot last = snapshot;
        return last != null && last.isUsableAt(clock.instant()) ? last.credentials() : null;
    }

    synchronized CompletionStage<CredentialsResult> next() {
        SessionCredentials usable = usable();
        if (usable != null) {
            return CompletableFuture.completedFuture(new CredentialsResult.Ready(usable));
        }
        if (!isClosed && current == null && outage.mayTryEarly(scheduler.nanos())) {
            begin();
        }
        return !isClosed && (current != null || outage.isWorthWaiting())
                ? waiters.join()
                : CompletableFuture.completedFuture(failure().result());
    }

    synchronized CompletionStage<CredentialsResult> replace(SessionCredentials refused) {
        if (usable() != refused) {
            return next();
        }
        long now = scheduler.nanos();
        if (!isClosed && current == null && (replacedNanos == null || now - replacedNanos >= REPLACE_PAUSE.toNanos())) {
            replacedNanos = now;
            source.refused(refused);
            begin();
        }
        return current != null ? waiters.join() : CompletableFuture.completedFuture(OwnErrors.REFUSED.result());
    }

    /** The source may have others now: asks it, unless nobody has ever asked or nobody uses what it gave. */
    synchronized void renew() {
        if (current != null) {
            current.isOutdated = true;
        } else if (asleep) {
            snapshot = null;
        } else if (!isClosed && (snapshot != null || outage.cause() != null)) {
            begin();
        }
    }

    synchronized CredentialsState state() {
        SessionCredentials served = usable();
        SourceError cause = outage.cause();
        if (served != null) {
            return new CredentialsState.Ready(served.expiration(), cause == null ? null : cause.code());
        }
        return cause == null ? new CredentialsState.Pending() : cause.state();
    }

    synchronized void keepAwake() {
        isKeptAwake = true;
    }

    void close() {
        List<CompletableFuture<CredentialsResult>> left;
        synchronized (this) {
            isClosed = true;
            current = null;
            timer.cancel();
            left = waiters.takeAll();
        }
        Waiters.completeAll(left, OwnErrors.CLOSED.result());
    }

    private synchronized SourceError failure() {
        SourceError cause = outage.cause();
        return isClosed ? OwnErrors.CLOSED : cause == null ? OwnErrors.OVERDUE : cause;
    }

    private synchronized void wake() {
        if (asleep && current == null && !isClosed) {
            begin();
        }
    }

    private synchronized void onTimer() {
        if (isClosed || current != null) {
            return;
        }
        if (isKeptAwake || used || !waiters.isEmpty()) {
            begin();
        } else if (asleep) {
            snapshot = null;
        } else {
            asleep = true;
            Snapshot last = snapshot;
            Instant end = last == null ? null : last.unusableFrom();
            timer = end == null ? timer : scheduler.after(Duration.between(clock.instant(), end), this::onTimer);
        }
    }

    private void begin() {
        timer.cancel();
        asleep = false;
        boolean isProbe = outage.cause() != null && usable() == null;
        int alternative = outage.alternative();
        Try begun = new Try(scheduler.nanos());
        current = begun;
        begun.overdue = endAfter(isProbe ? Try.LONGEST_PROBE : Try.LONGEST, begun, OwnErrors.OVERDUE);
        if (!scheduler.work(() -> onEnd(begun, Try.ask(source, alternative)))) {
            endAfter(Duration.ZERO, begun, OwnErrors.BUSY);
        }
    }

    private Scheduler.Timer endAfter(Duration delay, Try begun, SourceError error) {
        return scheduler.after(delay, () -> onEnd(begun, new SourceAnswer.Refused(error)));
    }

    private void onEnd(Try ended, SourceAnswer answer) {
        Runnable afterwards;
        synchronized (this) {
            if (isClosed) {
                return;
            }
            afterwards = answer instanceof SourceAnswer.Fetched fetched
                    ? keep(ended, Snapshot.of(fetched.credentials(), clock.instant()))
                    : fail(ended, ((SourceAnswer.Refused) answer).error());
        }
        afterwards.run();
    }

    private Runnable keep(Try ended, Snapshot fresh) {
        if (!fresh.isWorthKeeping()) {
            return fail(ended, OwnErrors.EXPIRED_ANSWER);
        }
        if (ended != current && !fresh.outlives(snapshot)) {
            return () -> {};
        }
        ended.overdue.cancel();
        current = null;
        snapshot = fresh;
        outage.over();
        used = false;
        timer.cancel();
        timer = scheduler.after(schedule.refreshDelay(fresh.life()), this::onTimer);
        if (ended.isOutdated) {
            begin();
        }
        List<CompletableFuture<CredentialsResult>> served = waiters.takeAll();
        return () -> {
            log.fetched(fresh.credentials());
            Waiters.completeAll(served, new CredentialsResult.Ready(fresh.credentials()));
        };
    }

    private Runnable fail(Try ended, SourceError error) {
        if (ended != current) {
            return explain(error);
        }
        // The cause that is known says more than that a probe got no answer within two seconds.
        SourceError cause = error.equals(OwnErrors.OVERDUE) && outage.cause() != null ? outage.cause() : error;
        ended.overdue.cancel();
        current = null;
        used = false;
        long now = scheduler.nanos();
        outage.failed(cause, now);
        timer = scheduler.after(outage.untilNextTry(Duration.ofNanos(now - ended.begunNanos)), this::onTimer);
        if (ended.isOutdated) {
            begin();
        }
        return report(cause, outage.isWorthWaiting() ? List.of() : waiters.takeAll());
    }

    /** A try that was counted as failed when it was overdue says why it failed. */
    private Runnable explain(SourceError error) {
        if (outage.cause() == null || error.equals(OwnErrors.OVERDUE)) {
            return () -> {};
        }
        outage.explained(error);
        return report(error, error.isDenied() ? waiters.takeAll() : List.of());
    }

    private Runnable report(SourceError error, List<CompletableFuture<CredentialsResult>> failed) {
        SessionCredentials served = usable();
        return () -> {
            log.failed(error, served);
            Waiters.completeAll(failed, error.result());
        };
    }
}
