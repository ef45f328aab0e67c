package io.bedrockproxy.server.reload;

import io.bedrockproxy.server.config.AdminConfig;
import io.bedrockproxy.server.config.ListenerConfig;
import io.bedrockproxy.server.config.ProxyConfig;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The keys that a running process cannot change: the sockets it has bound. They keep their value, and whoever changed one
 * is told that it needs a restart.
 *
 * @param config the new configuration with the old values of these keys
 * @param warnings one line for each that differs
 */
record RestartKeys(ProxyConfig config, List<String> warnings) {
    /** Copies the list. */
    RestartKeys {
        warnings = List.copyOf(warnings);
    }

    /**
     * Puts the values of {@code running} into {@code loaded}.
     *
     * @throws ReloadException when what is left would serve secrets in the clear: a listener that stays beyond loopback and
     *     loses its TLS with the key that would have moved it
     */
    static RestartKeys keep(ProxyConfig running, ProxyConfig loaded) throws ReloadException {
        List<String> warnings = new ArrayList<>();
        ListenerConfig was = running.listener();
        ListenerConfig is = loaded.listener();
        note(warnings, "listener.host", was.host(), is.host());
        note(warnings, "listener.port", was.port(), is.port());
        note(warnings, "listener.unix-socket", was.unixSocket(), is.unixSocket());
        note(warnings, "admin.host", running.admin().host(), loaded.admin().host());
        note(warnings, "admin.port", running.admin().port(), loaded.admin().port());
        boolean isPlain = was.unixSocket() == null && is.tls() == null && !is.allowRemotePlaintext();
        if (isPlain && isRemote(was.host())) {
            throw new ReloadException(
                    "bedrock-proxy.listener.host: \"" + was.host() + "\" until a restart, and without TLS secrets would"
                            + " cross the network in the clear (expected: tls.certificate and tls.private-key, or a"
                            + " restart)",
                    null);
        }
        return new RestartKeys(with(loaded, was, running.admin()), warnings);
    }

    private static ProxyConfig with(ProxyConfig loaded, ListenerConfig was, AdminConfig admin) {
        ListenerConfig is = loaded.listener();
        return new ProxyConfig(
                new ListenerConfig(
                        was.host(),
                        was.port(),
                        was.unixSocket(),
                        is.pathPrefixes(),
                        is.secretHeaders(),
                        is.allowRemotePlaintext(),
                        is.tls()),
                new AdminConfig(admin.host(), admin.port(), loaded.admin().quit()),
                loaded.bedrock(),
                loaded.sts(),
                loaded.sources(),
                loaded.roles(),
                loaded.clients(),
                loaded.limits(),
                loaded.timeouts());
    }

    private static void note(List<String> warnings, String key, @Nullable Object was, @Nullable Object is) {
        if (!Objects.equals(was, is)) {
            warnings.add("bedrock-proxy." + key + ": " + is + " needs a restart (until then: " + was + ")");
        }
    }

    private static boolean isRemote(String host) {
        try {
            return !InetAddress.getByName(host).isLoopbackAddress();
        } catch (UnknownHostException e) {
            return true;
        }
    }
}
