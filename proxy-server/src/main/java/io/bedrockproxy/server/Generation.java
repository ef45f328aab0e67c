package io.bedrockproxy.server;

import io.bedrockproxy.server.config.ProxyConfig;
import io.bedrockproxy.server.exchange.ExchangeServices;
import io.bedrockproxy.server.listener.Accepting;
import io.bedrockproxy.server.reload.FileContents;
import io.netty.channel.EventLoop;
import java.util.Map;
import java.util.Objects;

/**
 * One configuration and all that follows from it, immutable. A connection takes what it needs from the generation of the
 * moment when it is accepted, an exchange from that of the moment when it begins; both keep it. So an exchange never sees
 * half of one configuration and half of another.
 *
 * @param config what it was made from
 * @param contents what its files held
 * @param wiring credentials and the judge of heads
 * @param accepting for connections
 * @param services for exchanges, one set for each event loop
 */
record Generation(
        ProxyConfig config,
        FileContents contents,
        Wiring wiring,
        Accepting accepting,
        Map<EventLoop, ExchangeServices> services) {
    /** Copies the map. */
    Generation {
        services = Map.copyOf(services);
    }

    ExchangeServices servicesOf(EventLoop loop) {
        return Objects.requireNonNull(services.get(loop), "loop");
    }
}
