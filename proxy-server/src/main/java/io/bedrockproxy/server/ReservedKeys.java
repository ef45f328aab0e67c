package io.bedrockproxy.server;

import io.bedrockproxy.server.config.ProxyConfig;
import java.util.Map;
import java.util.TreeMap;

/**
 * Keys whose names are fixed but whose function this version does not have. To take them and do nothing would be worse
 * than to refuse: an operator who keeps a client to some regions must not get a proxy that looks at none.
 */
final class ReservedKeys {
    private ReservedKeys() {}

    /** @throws StartupException when one of them is used; names it */
    static void refuse(ProxyConfig config) throws StartupException {
        Map<String, Boolean> used = new TreeMap<>();
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
