package io.bedrockproxy.server.reload;

import io.bedrockproxy.server.CapturedLog;
import io.bedrockproxy.server.config.ProxyConfig;
import io.bedrockproxy.server.config.load.ConfigException;
import io.bedrockproxy.server.config.load.ConfigLoader;
import io.bedrockproxy.server.config.load.ConfigSource;
import io.bedrockproxy.server.config.load.LoadedConfig;
import io.bedrockproxy.server.config.load.MachineLimits;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** Looks when the test says so, at files that the test writes. */
abstract class ReloaderFixture {
    static final String FIRST = "first-secret-of-many-bytes";
    static final String SECOND = "second-secret-of-many-bytes";

    @TempDir
    Path folder;

    @AutoClose
    final CapturedLog log = new CapturedLog();

    final Target target = new Target();
    Instant now = Instant.parse("2026-11-24T12:00:00Z");
    Path file;
    Path secret;
    Reloader reloader;

    /** What runs: remembers what it was given. */
    static final class Target implements ReloadTarget {
        final List<ProxyConfig> configs = new ArrayList<>();
        int prepared;
        int discarded;

        @Nullable
        String refusal;

        Runnable whilePreparing = () -> {};

        @Override
        public Prepared prepare(ProxyConfig config, FileContents contents) throws ReloadException {
            prepared++;
            whilePreparing.run();
            if (refusal != null) {
                throw new ReloadException(refusal, null);
            }
            return new Prepared() {
                @Override
                public void commit() {
                    configs.add(config);
                }

                @Override
                public void discard() {
                    discarded++;
                }
            };
        }

        @Override
        public void tidy() {}

        ProxyConfig last() {
            return configs.get(configs.size() - 1);
        }
    }

    @BeforeEach
    void start() throws IOException, ConfigException {
        secret = Files.writeString(folder.resolve("secret"), FIRST);
        file = folder.resolve("proxy.conf");
        write("");
        ConfigLoader loader = new ConfigLoader(MachineLimits.ofThisProcess(), () -> now);
        ConfigSource source = new ConfigSource(loader, file, Map.of());
        LoadedConfig loaded = source.load();
        reloader = new Reloader(source, loaded, FileContents.of(loaded.files()), () -> now);
    }

    void write(String more) throws IOException {
        Files.writeString(file, """
                bedrock-proxy.bedrock.region = us-east-1
                bedrock-proxy.clients.app.secrets = [ { file = "%s" } ]
                """.formatted(secret) + more);
    }

    void look() {
        reloader.look(target);
    }

    List<String> reports() {
        return log.lines().stream()
                .filter(line -> line.contains("Reloader configuration"))
                .toList();
    }
}
