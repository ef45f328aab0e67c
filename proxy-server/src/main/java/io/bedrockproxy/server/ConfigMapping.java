package io.bedrockproxy.server;

import io.bedrockproxy.server.config.ProxyConfig;
import io.bedrockproxy.server.exchange.ExchangeConfig;
import io.bedrockproxy.server.listener.ListenerConfig;
import io.bedrockproxy.server.relay.RelayConfig;
import io.bedrockproxy.server.upstream.UpstreamConfig;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** From the configuration as operators write it to one record for each package that uses a part of it. */
final class ConfigMapping {
    private ConfigMapping() {}

    static ListenerConfig listener(ProxyConfig config) {
        return new ListenerConfig(
                address(config.listener()),
                tls(config.listener().tls()),
                config.limits().connections(),
                config.limits().headBytes(),
                config.limits().headerCount(),
                config.limits().streamsPerConnection(),
                config.timeouts().head(),
                config.timeouts().keepAlive(),
                config.timeouts().tls());
    }

    private static SocketAddress address(io.bedrockproxy.server.config.ListenerConfig listener) {
        Path socket = listener.unixSocket();
        return socket == null
                ? new InetSocketAddress(listener.host(), listener.port())
                : UnixDomainSocketAddress.of(socket);
    }

    private static ListenerConfig.@Nullable TlsFiles tls(
            io.bedrockproxy.server.config.ListenerConfig.@Nullable TlsFiles files) {
        return files == null
                ? null
                : new ListenerConfig.TlsFiles(files.certificate(), files.privateKey(), files.clientCa());
    }

    static InetSocketAddress adminAddress(ProxyConfig config) {
        return new InetSocketAddress(config.admin().host(), config.admin().port());
    }

    static UpstreamConfig upstream(ProxyConfig config) {
        return new UpstreamConfig(
                config.timeouts().connect(),
                config.timeouts().tls(),
                UpstreamConfig.DEFAULT_IDLE_TIMEOUT,
                UpstreamConfig.DEFAULT_MAX_IDLE,
                UpstreamConfig.DEFAULT_MAX_HEAD_BYTES,
                config.bedrock().trustedCertificates());
    }

    static ExchangeConfig exchange(ProxyConfig config) {
        return new ExchangeConfig(
                Math.toIntExact(config.limits().requestBodyBytes()),
                config.timeouts().bodyIdle(),
                config.timeouts().body(),
                config.timeouts().responseHead());
    }

    static RelayConfig relay(ProxyConfig config) {
        return new RelayConfig(config.timeouts().streamIdle(), RelayConfig.DEFAULT_PING_INTERVAL);
    }
}
