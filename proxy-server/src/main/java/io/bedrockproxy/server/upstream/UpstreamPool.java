package io.bedrockproxy.server.upstream;

import io.bedrockproxy.core.endpoint.Endpoint;
import io.bedrockproxy.core.failure.FailureKind;
import io.netty.channel.EventLoop;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The idle connections of one event loop, newest first. A downstream connection uses only the pool of its own event
 * loop: no lock, no hop to another thread, and each exchange stays on one thread from end to end.
 */
public final class UpstreamPool {
    private final EventLoop eventLoop;
    private final UpstreamConnector connector;
    private final UpstreamConfig config;
    private final OpeningLimit openings;
    private final Map<Endpoint, ArrayDeque<UpstreamConnection>> idle = new HashMap<>();

    /** One sweep for all connections: a timer for each would cost more than the connection saves. */
    private boolean sweeping;

    /** Another pool has taken over: nothing is kept any more. */
    private boolean retired;

    /** Receives the outcome of {@link #acquireLater}, on the event loop, exactly once. */
    public interface Acquired {
        /** A new connection, TLS handshake done. */
        void onConnection(UpstreamConnection connection);

        /** There is none. */
        void onConnectFailure(UpstreamFailure failure);
    }

    /** A pool without connections. */
    public UpstreamPool(EventLoop eventLoop, UpstreamConnector connector, UpstreamConfig config) {
        this.eventLoop = eventLoop;
        this.connector = connector;
        this.config = config;
        this.openings = new OpeningLimit(
                config.connectTimeout().plus(config.tlsTimeout()),
                () -> eventLoop.ticker().nanoTime());
    }

    /** The most recently used idle connection, or null. On the event loop only. */
    public @Nullable UpstreamConnection acquireNow(Endpoint endpoint) {
        assert eventLoop.inEventLoop();
        ArrayDeque<UpstreamConnection> stack = idle.get(endpoint);
        while (stack != null && !stack.isEmpty()) {
            UpstreamConnection candidate = stack.pop();
            if (candidate.isUsable()) {
                candidate.leaveIdle();
                return candidate;
            }
            candidate.close();
        }
        return null;
    }

    /** Opens a new connection, as soon as there are not too many being opened. On the event loop only. */
    public void acquireLater(Endpoint endpoint, Acquired acquired) {
        assert eventLoop.inEventLoop();
        openings.enter(
                endpoint,
                () -> open(endpoint, acquired),
                () -> acquired.onConnectFailure(unreachable("no connection in time, others are waiting for one too")));
    }

    private void open(Endpoint endpoint, Acquired acquired) {
        connector.connect(eventLoop, this, endpoint, (connection, cause) -> {
            openings.leave(endpoint);
            if (connection != null) {
                acquired.onConnection(connection);
            } else {
                acquired.onConnectFailure(unreachable(cause));
            }
        });
    }

    private static UpstreamFailure unreachable(String cause) {
        return new UpstreamFailure(FailureKind.UPSTREAM_UNREACHABLE, cause, false);
    }

    /** Puts a connection back whose last response was read to its end, or that was never used. On the event loop only. */
    public void release(UpstreamConnection connection) {
        assert eventLoop.inEventLoop();
        if (retired) {
            connection.close();
            return;
        }
        ArrayDeque<UpstreamConnection> stack = idle.computeIfAbsent(connection.endpoint(), e -> new ArrayDeque<>());
        if (stack.size() >= config.maxIdlePerEndpoint()) {
            stack.removeLast().close();
        }
        connection.enterIdle(eventLoop.ticker().nanoTime());
        stack.push(connection);
        if (!sweeping) {
            sweepLater();
        }
    }

    private void sweepLater() {
        sweeping = true;
        eventLoop.schedule(this::sweep, config.idleTimeout().toNanos() / 4, TimeUnit.NANOSECONDS);
    }

    private void sweep() {
        long oldest = eventLoop.ticker().nanoTime() - config.idleTimeout().toNanos();
        boolean any = false;
        for (ArrayDeque<UpstreamConnection> stack : idle.values()) {
            while (!stack.isEmpty() && stack.peekLast().idleSinceNanos() - oldest <= 0) {
                stack.removeLast().close();
            }
            any |= !stack.isEmpty();
        }
        sweeping = false;
        if (any) {
            sweepLater();
        }
    }

    /** Forgets a connection that was closed while idle. */
    void forget(UpstreamConnection connection) {
        ArrayDeque<UpstreamConnection> stack = idle.get(connection.endpoint());
        if (stack != null) {
            stack.remove(connection);
        }
    }

    /**
     * Another pool has taken over, with other certificates or timeouts: idle connections are closed now, those in use when
     * they come back. Exchanges that still use this pool can, new connections included. On the event loop only.
     */
    public void retire() {
        retired = true;
        closeIdle();
    }

    /** Closes every idle connection: at the end of a drain. On the event loop only. */
    public void closeIdle() {
        assert eventLoop.inEventLoop();
        for (ArrayDeque<UpstreamConnection> stack : idle.values()) {
            while (!stack.isEmpty()) {
                stack.pop().close();
            }
        }
    }
}
