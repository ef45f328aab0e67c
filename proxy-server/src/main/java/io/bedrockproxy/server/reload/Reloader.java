package io.bedrockproxy.server.reload;

import io.bedrockproxy.server.config.ProxyConfig;
import io.bedrockproxy.server.config.load.ConfigException;
import io.bedrockproxy.server.config.load.ConfigSource;
import io.bedrockproxy.server.config.load.LoadedConfig;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings a changed configuration in, whole or not at all. A look compares the files' stamps; if one differs, their contents;
 * if these differ, it reads and checks the configuration, has everything made that follows from it, and only then swaps.
 *
 * <p>A file may be seen half written. So nothing counts that was read while a stamp changed, and a failure that nobody asked
 * about is reported only when the next look has found it too. {@code java.nio.file.WatchService} is not used, for the
 * reasons in docs/adr/0010-hot-reload.md.
 */
public final class Reloader implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Reloader.class);
    /** A configuration that names new files is read again when these are watched; what they name, too. */
    private static final int ROUNDS = 3;

    private static final int MAX_MESSAGE = 2000;

    private final ConfigSource source;
    private final InstantSource clock;

    private ProxyConfig running;
    /** What the files of the configuration that runs held when it was read. */
    private FileContents runningContents;

    private Set<Path> files;
    private List<String> warned;
    private List<String> warnedOfRestart = List.of();
    /** Of the last look. What was loaded at start was read before anybody looked, so the first look always loads. */
    private @Nullable FileStamps seen;

    private @Nullable FileContents tried;
    private boolean mustRepeat = true;
    private boolean isClosed;

    /** When the failure that is not healed yet was first seen. */
    private @Nullable Instant failingSince;

    private volatile ReloadState state;

    /** How one try to bring the files' configuration in ended. */
    private enum Ended {
        WELL,
        /** A file changed meanwhile: what was read may be half of something. */
        UNSETTLED,
        FAILED
    }

    /**
     * @param loaded what the target was started with
     * @param contents what its files held then
     */
    public Reloader(ConfigSource source, LoadedConfig loaded, FileContents contents, InstantSource clock) {
        this.source = source;
        this.clock = clock;
        this.running = loaded.config();
        this.runningContents = contents;
        this.files = loaded.files();
        this.warned = loaded.warnings();
        this.state = ReloadState.current(clock.instant());
    }

    /** How the configuration stands. From any thread, without waiting. */
    public ReloadState state() {
        return state;
    }

    /** Does what is due. Never throws. */
    synchronized void look(ReloadTarget target) {
        look(target, false);
    }

    /** The same with a report of the outcome in any case, because somebody waits for it. Never throws. */
    synchronized void lookAsAsked(ReloadTarget target) {
        look(target, true);
    }

    /** Nothing is changed from now on. */
    @Override
    public synchronized void close() {
        isClosed = true;
    }

    private void look(ReloadTarget target, boolean asked) {
        if (isClosed) {
            return;
        }
        try {
            target.tidy();
            FileStamps stamps = FileStamps.of(files);
            boolean moved = !stamps.equals(seen);
            if (!asked && !mustRepeat && !moved) {
                return;
            }
            // What nobody had time to finish yet is not reported.
            boolean isSettled = asked || !moved;
            if (asked || mustRepeat || !Objects.equals(FileContents.of(files), tried)) {
                reload(target, asked, isSettled);
            } else {
                seen = stamps;
            }
        } catch (RuntimeException e) {
            // A mistake of ours; without its message, which could hold anything.
            LOG.error("looking at the configuration failed: {}", e.getClass().getName());
        }
    }

    private void reload(ReloadTarget target, boolean asked, boolean isSettled) {
        String failure = null;
        Ended ended = Ended.UNSETTLED;
        for (int round = 0; round < ROUNDS && ended == Ended.UNSETTLED; round++) {
            FileStamps before = FileStamps.of(files);
            FileContents contents = FileContents.of(files);
            seen = before;
            tried = contents;
            try {
                ended = bringIn(target, source.load(), before, contents, asked);
            } catch (ConfigException e) {
                failure =
                        String.join("; ", String.valueOf(e.getMessage()).lines().toList());
                ended = watchToo(e.files()) ? Ended.UNSETTLED : Ended.FAILED;
            } catch (ReloadException e) {
                failure = source.name() + ": " + e.getMessage();
                ended = Ended.FAILED;
            }
        }
        mustRepeat = ended == Ended.UNSETTLED || (ended == Ended.FAILED && !isSettled);
        if (ended == Ended.FAILED && failure != null) {
            failed(failure, isSettled);
        }
    }

    private Ended bringIn(
            ReloadTarget target, LoadedConfig loaded, FileStamps before, FileContents contents, boolean asked)
            throws ReloadException {
        if (watchToo(loaded.files())) {
            return Ended.UNSETTLED;
        }
        RestartKeys kept = RestartKeys.keep(running, loaded.config());
        ConfigChanges changes = ConfigChanges.between(running, runningContents, kept.config(), contents);
        ReloadTarget.Prepared prepared = changes.isEmpty() ? null : target.prepare(kept.config(), contents);
        if (!FileStamps.of(files).equals(before)) {
            if (prepared != null) {
                prepared.discard();
            }
            return Ended.UNSETTLED;
        }
        if (prepared != null) {
            prepared.commit();
        }
        running = kept.config();
        files = loaded.files();
        seen = before.only(files);
        runningContents = contents.only(files);
        tried = runningContents;
        report(changes, asked);
        warn(loaded.warnings(), kept.warnings());
        return Ended.WELL;
    }

    private void report(ConfigChanges changes, boolean asked) {
        boolean healed = state.hasFailed();
        failingSince = null;
        if (!changes.isEmpty()) {
            LOG.info("configuration reloaded: {}", changes.words());
        } else if (healed) {
            LOG.info("configuration is good again, and is the one that runs");
        } else if (asked) {
            LOG.info("configuration is unchanged");
        }
        if (healed || !changes.isEmpty()) {
            state = ReloadState.current(clock.instant());
        }
    }

    /** Once each: most were said at the start already. */
    private void warn(List<String> warnings, List<String> restart) {
        warnings.stream().filter(warning -> !warned.contains(warning)).forEach(LOG::warn);
        warned = warnings;
        restart.stream().filter(warning -> !warnedOfRestart.contains(warning)).forEach(LOG::warn);
        warnedOfRestart = restart;
    }

    /**
     * Whether there are files that were not looked at before. None is left out until all is well: as long as the
     * configuration is wrong, what it named before may be what mends it.
     */
    private boolean watchToo(Set<Path> more) {
        Set<Path> all = new HashSet<>(files);
        boolean isMore = all.addAll(more);
        files = Set.copyOf(all);
        return isMore;
    }

    private void failed(String message, boolean isSettled) {
        if (failingSince == null) {
            failingSince = clock.instant();
        }
        if (!isSettled) {
            return;
        }
        String shown = message.length() <= MAX_MESSAGE ? message : message.substring(0, MAX_MESSAGE) + "...";
        if (!state.hasFailed() || !state.message().equals(shown)) {
            LOG.warn("configuration not reloaded, the one before stays: {}", shown);
            state = ReloadState.failed(failingSince, shown);
        }
    }
}
