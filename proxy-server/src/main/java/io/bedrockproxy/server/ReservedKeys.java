package io.bedrockproxy.server;

import io.bedrockproxy.server.config.ListenerConfig;
import io.bedrockproxy.server.config.ProxyConfig;
import java.util.Map;
import java.util.TreeMap;

/**
 * Keys whose names are fixed but whose function this version does not have. To take them and do nothing would be worse
 * than to refuse: an operator who asks for client certificates must not get a listener without them.
 */
final class ReservedKeys {
    private ReservedKeys() {}

    /** @throws StartupException when one of them is used; names it */
    static void refuse(ProxyConfig config) throws StartupException {
        ListenerConfig listener = config.listener();
        Map<String, Boolean> used = new TreeMap<>();
        used.put("listener.unix-socket", listener.unixSocket() != null);
        used.put(
                "listener.tls.client-ca",
                listener.tls() != null && listener.tls().clientCa() != null);
        used.put("admin.quit", config.admin().quit());
        for (Map.Entry<String, Boolean> key : used.entrySet()) {
            if (key.getValue()) {
                throw StartupException.at(
                        key.getKey(),
                        "in use",
                        "left out; the name is reserved and this version does not have the function yet",
                        null);
            }
        }
    }
}
