package io.bedrockproxy.server.reload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bedrockproxy.server.config.ProxyConfig;
import io.bedrockproxy.server.config.load.ConfigException;
import io.bedrockproxy.server.config.load.ConfigLoader;
import io.bedrockproxy.server.config.load.MachineLimits;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RestartKeysTest {
    private static ProxyConfig config(Map<String, Object> keys) throws ConfigException {
        Map<String, Object> all = new HashMap<>(keys);
        all.put("bedrock.region", "us-east-1");
        all.put("clients.app.secrets", List.of(Map.of("sha256", "ab".repeat(32))));
        return new ConfigLoader(MachineLimits.ofThisProcess(), InstantSource.system())
                .load("test", all)
                .config();
    }

    @Test
    void keepTheSocketsAndTakeEverythingElse() throws Exception {
        ProxyConfig running = config(Map.of());
        ProxyConfig loaded = config(Map.of(
                "listener.host",
                "127.0.0.2",
                "listener.port",
                1,
                "listener.unix-socket",
                "/run/proxy.sock",
                "listener.path-prefixes",
                List.of("/other"),
                "admin.host",
                "127.0.0.3",
                "admin.port",
                2,
                "limits.connections",
                7));
        RestartKeys kept = RestartKeys.keep(running, loaded);

        assertThat(kept.warnings())
                .extracting(warning -> warning.substring(0, warning.indexOf(':')))
                .containsExactly(
                        "bedrock-proxy.listener.host",
                        "bedrock-proxy.listener.port",
                        "bedrock-proxy.listener.unix-socket",
                        "bedrock-proxy.admin.host",
                        "bedrock-proxy.admin.port");
        assertThat(kept.config().admin()).isEqualTo(running.admin());
        assertThat(kept.config().listener().host()).isEqualTo("127.0.0.1");
        assertThat(kept.config().listener().port()).isEqualTo(8080);
        assertThat(kept.config().listener().unixSocket()).isNull();
        assertThat(kept.config().listener().pathPrefixes()).containsExactly("/other");
        assertThat(kept.config().limits().connections()).isEqualTo(7);
    }

    /** Each file is fine by itself; the mixture would not be. */
    @Test
    void refuseAListenerThatStaysRemoteAndLosesItsLeave() throws Exception {
        ProxyConfig running = config(Map.of("listener.host", "0.0.0.0", "listener.allow-remote-plaintext", true));

        assertThatThrownBy(() -> RestartKeys.keep(running, config(Map.of())))
                .isInstanceOf(ReloadException.class)
                .hasMessageContaining("bedrock-proxy.listener.host: \"0.0.0.0\" until a restart");
        assertThatThrownBy(() -> RestartKeys.keep(
                        running, config(Map.of("listener.host", "0.0.0.0", "listener.unix-socket", "/run/proxy.sock"))))
                .isInstanceOf(ReloadException.class);
    }
}
