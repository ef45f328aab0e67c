package io.bedrockproxy.server.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import io.bedrockproxy.core.endpoint.Endpoint;
import io.bedrockproxy.server.LeakCheck;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.resolver.DefaultAddressResolverGroup;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(LeakCheck.class)
class UpstreamPoolTest {
    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final int IDLE_SECONDS = 60;
    private static final int MAX_IDLE = 2;
    private static final Endpoint ENDPOINT = new Endpoint("http", "localhost", 1, "us-east-1", "bedrock");
    private static final Endpoint OTHER = new Endpoint("http", "localhost", 2, "us-east-1", "bedrock");

    /** Holds the clock of the pool. */
    private final EmbeddedChannel loop = new EmbeddedChannel();

    private final UpstreamPool pool;

    UpstreamPoolTest() throws IOException {
        UpstreamConfig config =
                new UpstreamConfig(SECOND, SECOND, Duration.ofSeconds(IDLE_SECONDS), MAX_IDLE, 8192, null);
        UpstreamConnector connector = new UpstreamConnector(
                config, UpstreamTls.create(config), NioSocketChannel.class, DefaultAddressResolverGroup.INSTANCE);
        pool = new UpstreamPool(loop.eventLoop(), connector, config);
        loop.freezeTime();
    }

    /** A connection as the connector makes it, on a channel of its own. */
    private final class Idle {
        private final EmbeddedChannel channel = new EmbeddedChannel();
        private final UpstreamConnection connection;

        Idle(Endpoint endpoint) {
            ResponseDecoder decoder = new ResponseDecoder(8192);
            connection = new UpstreamConnection(pool, endpoint, channel, decoder);
            channel.pipeline().addLast(decoder, connection.handler());
            channel.closeFuture().addListener(closed -> pool.forget(connection));
            pool.release(connection);
        }

        boolean isOpen() {
            return channel.isActive();
        }
    }

    @Test
    void givesTheNewestFirst() {
        Idle first = new Idle(ENDPOINT);
        Idle second = new Idle(ENDPOINT);

        assertThat(pool.acquireNow(ENDPOINT)).isSameAs(second.connection);
        assertThat(pool.acquireNow(ENDPOINT)).isSameAs(first.connection);
        assertThat(pool.acquireNow(ENDPOINT)).isNull();
    }

    @Test
    void mixesNoEndpoints() {
        new Idle(ENDPOINT);

        assertThat(pool.acquireNow(OTHER)).isNull();
    }

    @Test
    void forgetsAConnectionThatTheServerHasClosed() {
        Idle first = new Idle(ENDPOINT);
        Idle second = new Idle(ENDPOINT);
        second.channel.close();

        assertThat(pool.acquireNow(ENDPOINT)).isSameAs(first.connection);
        assertThat(pool.acquireNow(ENDPOINT)).isNull();
    }

    @Test
    void closesTheOldestAboveTheLimit() {
        Idle first = new Idle(ENDPOINT);
        Idle second = new Idle(ENDPOINT);
        Idle third = new Idle(ENDPOINT);

        assertThat(first.isOpen()).isFalse();
        assertThat(second.isOpen() && third.isOpen()).isTrue();
    }

    @Test
    void sweepsWhatWasIdleForTooLong() {
        Idle old = new Idle(ENDPOINT);
        Idle other = new Idle(OTHER);
        pass(IDLE_SECONDS / 2);
        Idle young = new Idle(ENDPOINT);
        assertThat(old.isOpen() && other.isOpen()).isTrue();
        pass(IDLE_SECONDS / 2);

        assertThat(old.isOpen() || other.isOpen()).isFalse();
        assertThat(young.isOpen()).isTrue();
        pass(IDLE_SECONDS / 2);
        assertThat(young.isOpen()).isFalse();
    }

    @Test
    void doesNotSweepAConnectionInUse() {
        Idle used = new Idle(ENDPOINT);
        assertThat(pool.acquireNow(ENDPOINT)).isSameAs(used.connection);
        pass(2 * IDLE_SECONDS);

        assertThat(used.isOpen()).isTrue();
    }

    @Test
    void needsNoTimerWithoutConnections() {
        new Idle(ENDPOINT);
        pass(2 * IDLE_SECONDS);

        assertThat(loop.runScheduledPendingTasks()).isEqualTo(-1);
        new Idle(ENDPOINT);
        assertThat(loop.runScheduledPendingTasks()).isPositive();
    }

    @Test
    void closesEverythingAtTheEnd() {
        Idle first = new Idle(ENDPOINT);
        Idle second = new Idle(OTHER);
        pool.closeIdle();

        assertThat(first.isOpen() || second.isOpen()).isFalse();
        assertThat(pool.acquireNow(ENDPOINT)).isNull();
    }

    /** In steps, as timers re-arm themselves. */
    private void pass(int seconds) {
        for (int i = 0; i < seconds; i++) {
            loop.advanceTimeBy(1, TimeUnit.SECONDS);
            loop.runScheduledPendingTasks();
        }
    }
}
