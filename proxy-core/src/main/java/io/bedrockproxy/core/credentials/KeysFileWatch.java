package io.bedrockproxy.core.credentials;

import io.bedrockproxy.core.file.FileStamp;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Looks at files of keys once a second, on a worker thread, and has the credentials renewed that came from one that
 * changed. Thread-safe; no timer runs while there is no file.
 */
final class KeysFileWatch implements AutoCloseable {
    /** How long a change stays unseen at most. */
    static final Duration INTERVAL = Duration.ofSeconds(1);

    private final Scheduler scheduler;
    private final List<Watched> watched = new ArrayList<>();
    private Scheduler.Timer timer = () -> {};
    private boolean isLooking;
    private boolean isClosed;

    /** One user of a file; of several each has a stamp of its own, or one's look would hide the change from the others. */
    private static final class Watched {
        final Path file;
        final RefreshingCredentials user;
        FileStamp seen;

        Watched(Path file, RefreshingCredentials user) {
            this.file = file;
            this.user = user;
            this.seen = FileStamp.of(file);
        }
    }

    KeysFileWatch(Scheduler scheduler) {
        this.scheduler = scheduler;
    }

    /** From now on {@code user} is renewed when {@code file} changes. */
    synchronized void add(Path file, RefreshingCredentials user) {
        watched.add(new Watched(file, user));
        if (!isLooking && !isClosed) {
            isLooking = true;
            waitForNext();
        }
    }

    synchronized void remove(RefreshingCredentials user) {
        watched.removeIf(one -> one.user == user);
    }

    @Override
    public synchronized void close() {
        isClosed = true;
        timer.cancel();
        watched.clear();
    }

    private synchronized void waitForNext() {
        if (watched.isEmpty() || isClosed) {
            isLooking = false;
            return;
        }
        timer = scheduler.after(INTERVAL, () -> {
            // Else all workers hang in calls to STS; the next look may find one.
            if (!scheduler.work(this::look)) {
                waitForNext();
            }
        });
    }

    private void look() {
        List<Watched> all;
        synchronized (this) {
            all = List.copyOf(watched);
        }
        for (Watched one : all) {
            FileStamp now = FileStamp.of(one.file);
            if (!now.equals(one.seen)) {
                one.seen = now;
                one.user.renew();
            }
        }
        waitForNext();
    }
}
