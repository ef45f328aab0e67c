package io.bedrockproxy.server.config;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Everything under {@code bedrock-proxy}: checked, with every default filled in. The manual of each key is
 * {@code reference.conf}.
 *
 * @param listener where clients connect
 * @param admin where probes connect
 * @param bedrock where requests go
 * @param sts where roles are assumed
 * @param sources source credentials by name, without the reserved {@code default}
 * @param roles roles by name
 * @param clients clients by name; at least one
 * @param limits sizes and counts
 * @param timeouts deadlines
 */
public record ProxyConfig(
        ListenerConfig listener,
        AdminConfig admin,
        BedrockConfig bedrock,
        StsConfig sts,
        Map<String, SourceSettings> sources,
        Map<String, RoleSettings> roles,
        Map<String, ClientSettings> clients,
        LimitsConfig limits,
        TimeoutsConfig timeouts) {
    /** Copies the maps and keeps their order, which is the order of start-up messages. */
    public ProxyConfig {
        sources = Collections.unmodifiableMap(new LinkedHashMap<>(sources));
        roles = Collections.unmodifiableMap(new LinkedHashMap<>(roles));
        clients = Collections.unmodifiableMap(new LinkedHashMap<>(clients));
    }
}
