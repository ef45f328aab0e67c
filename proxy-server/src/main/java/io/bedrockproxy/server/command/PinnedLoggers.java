package io.bedrockproxy.server.command;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.turbo.TurboFilter;
import ch.qos.logback.core.spi.FilterReply;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Marker;

/**
 * Loggers of libraries that print requests, canonical requests or buffers, and with them secrets, session tokens and
 * prompts. No level lets them say more than a warning, and those that exist to print such things say nothing. A filter
 * and not levels, because an operator's own logback configuration replaces levels.
 */
public final class PinnedLoggers extends TurboFilter {
    private static final List<String> SILENT = List.of(
            "software.amazon.awssdk.request",
            "software.amazon.awssdk.requestId",
            "software.amazon.awssdk.http.auth.aws.internal.signer",
            "software.amazon.awssdk.auth.signer",
            "org.apache.hc.client5.http.wire",
            "org.apache.hc.client5.http.headers",
            "org.apache.http.wire",
            "org.apache.http.headers");
    private static final List<String> WARNINGS_ONLY =
            List.of("software.amazon.awssdk", "io.netty", "org.apache.hc", "org.apache.http", "sun.net.www", "jdk");

    /** Made by {@code logback.xml} and by {@link LogSetup}. */
    public PinnedLoggers() {
        setName("pinned-loggers");
    }

    @Override
    public FilterReply decide(
            @Nullable Marker marker,
            Logger logger,
            Level level,
            @Nullable String format,
            Object @Nullable [] arguments,
            @Nullable Throwable cause) {
        String name = logger.getName();
        boolean denied = isUnder(SILENT, name) || (!level.isGreaterOrEqual(Level.WARN) && isUnder(WARNINGS_ONLY, name));
        return denied ? FilterReply.DENY : FilterReply.NEUTRAL;
    }

    private static boolean isUnder(List<String> roots, String name) {
        for (String root : roots) {
            if (name.startsWith(root) && (name.length() == root.length() || name.charAt(root.length()) == '.')) {
                return true;
            }
        }
        return false;
    }
}
