package io.bedrockproxy.core.credentials;

import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.function.DoubleSupplier;
import java.util.function.LongSupplier;

/**
 * All refreshers of the process: one for each distinct key. Those that exist when it is started are fetched at once, the
 * first twenty of them and four at a time, and are kept fresh; others are fetched at first use and left to expire when a
 * whole life passes without one.
 */
public final class CredentialsRegistry implements AutoCloseable {
    /** More are a gateway's, whose roles need not all be in use; STS's default quota is shared with the account. */
    static final int FETCHED_AT_START = 20;
    /** Keeps a start from looking like an attack to STS, and its class loading from starving two small CPUs. */
    static final int FETCHED_AT_ONCE = 4;

    private final Sources sources;
    private final Scheduler scheduler;
    private final InstantSource clock;
    private final RefreshSchedule schedule;
    private final KeysFileWatch files;
    private final Map<CredentialsKey, RefreshingCredentials> refreshers = new LinkedHashMap<>();
    private final Queue<RefreshingCredentials> toStart = new ArrayDeque<>();

    CredentialsRegistry(Sources sources, Scheduler scheduler, InstantSource clock, RefreshSchedule schedule) {
        this.sources = sources;
        this.scheduler = scheduler;
        this.clock = clock;
        this.schedule = schedule;
        this.files = new KeysFileWatch(scheduler);
    }

    /**
     * A registry over the real AWS. Starts no thread and opens no connection yet.
     *
     * @param nanos {@code System::nanoTime}
     * @param random numbers from 0 (inclusive) to 1 (exclusive), safe for use by several threads
     * @throws IllegalArgumentException if the trusted certificates cannot be read
     */
    public static CredentialsRegistry create(
            CredentialsConfig config, InstantSource clock, LongSupplier nanos, DoubleSupplier random) {
        return new CredentialsRegistry(
                new AwsSources(config, clock), new ThreadScheduler(nanos), clock, new RefreshSchedule(random));
    }

    /** The credentials of a key: the same object for equal keys. Does not block, but takes a lock: keep what it returns. */
    public synchronized RefreshingCredentials of(CredentialsKey key) {
        RefreshingCredentials known = refreshers.get(key);
        if (known != null) {
            return known;
        }
        CredentialsKey before = key.before();
        CredentialsSource source = sources.open(key, before == null ? null : of(before));
        RefreshingCredentials made = new RefreshingCredentials(source, scheduler, clock, schedule, key.label());
        refreshers.put(key, made);
        Path file = source.file();
        if (file != null) {
            files.add(file, made);
        }
        return made;
    }

    /** Begins to fetch what is there. Returns at once. */
    public void start() {
        synchronized (this) {
            refreshers.values().stream().limit(FETCHED_AT_START).forEach(toStart::add);
        }
        for (int i = 0; i < FETCHED_AT_ONCE; i++) {
            startNext();
        }
    }

    /**
     * Stops the refreshers of all keys but these and those that they are chained from. A try of theirs that is in flight still completes for those who wait for it;
     * credentials that were handed out stay usable until they expire.
     */
    public void retain(Set<CredentialsKey> keys) {
        Set<CredentialsKey> kept = withThoseBefore(keys);
        List<RefreshingCredentials> unused = new ArrayList<>();
        synchronized (this) {
            refreshers.entrySet().removeIf(entry -> {
                boolean isUnused = !kept.contains(entry.getKey());
                if (isUnused) {
                    unused.add(entry.getValue());
                }
                return isUnused;
            });
        }
        unused.forEach(files::remove);
        unused.forEach(RefreshingCredentials::retire);
    }

    private static Set<CredentialsKey> withThoseBefore(Set<CredentialsKey> keys) {
        Set<CredentialsKey> all = new HashSet<>();
        for (CredentialsKey key : keys) {
            for (CredentialsKey next = key; next != null; next = next.before()) {
                all.add(next);
            }
        }
        return all;
    }

    /** How each refresher stands, in the order in which they were asked for. */
    public synchronized List<CredentialsStatus> states() {
        return refreshers.entrySet().stream()
                .map(entry ->
                        new CredentialsStatus(entry.getKey(), entry.getValue().state()))
                .toList();
    }

    /** Stops all refreshers. Credentials that were handed out stay usable until they expire. */
    @Override
    public void close() {
        List<RefreshingCredentials> open;
        synchronized (this) {
            toStart.clear();
            open = List.copyOf(refreshers.values());
        }
        files.close();
        open.forEach(RefreshingCredentials::close);
        scheduler.close();
        sources.close();
    }

    private void startNext() {
        RefreshingCredentials next;
        synchronized (this) {
            next = toStart.poll();
        }
        if (next != null) {
            next.start().whenComplete((result, thrown) -> startNext());
        }
    }
}
