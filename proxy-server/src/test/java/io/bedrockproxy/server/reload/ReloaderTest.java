package io.bedrockproxy.server.reload;

import static org.assertj.core.api.Assertions.assertThat;

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
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Looks when the test says so, at files that the test writes. */
class ReloaderTest {
    private static final String FIRST = "first-secret-of-many-bytes";
    private static final String SECOND = "second-secret-of-many-bytes";

    @TempDir
    Path folder;

    @AutoClose
    private final CapturedLog log = new CapturedLog();

    private final Target target = new Target();
    private Instant now = Instant.parse("2026-11-24T12:00:00Z");
    private Path file;
    private Path secret;
    private Reloader reloader;

    /** What runs: remembers what it was given. */
    private static final class Target implements ReloadTarget {
        private final List<ProxyConfig> configs = new ArrayList<>();
        private int prepared;
        private int discarded;
        private @Nullable String refusal;
        private Runnable whilePreparing = () -> {};

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

    private void write(String more) throws IOException {
        Files.writeString(file, """
                bedrock-proxy.bedrock.region = us-east-1
                bedrock-proxy.clients.app.secrets = [ { file = "%s" } ]
                """.formatted(secret) + more);
    }

    private void look() {
        reloader.look(target);
    }

    private List<String> reports() {
        return log.lines().stream()
                .filter(line -> line.contains("Reloader configuration"))
                .toList();
    }

    @Test
    void bringsNothingInWhenNothingChanged() {
        look();
        look();
        reloader.lookAsAsked(target);

        assertThat(target.prepared).isZero();
        assertThat(reports())
                .as("only who asks is told")
                .singleElement()
                .asString()
                .contains("unchanged");
        assertThat(reloader.state()).isEqualTo(ReloadState.current(now));
    }

    @Test
    void bringsInWhatChangedBetweenTheFirstReadingAndTheFirstLook() throws IOException {
        Files.writeString(secret, SECOND);
        look();

        assertThat(target.configs).hasSize(1);
    }

    @Test
    void bringsAnotherSecretInAndNamesItsClientOnly() throws IOException {
        look();
        Files.writeString(secret, SECOND);
        look();
        look();

        assertThat(target.configs).hasSize(1);
        assertThat(reports())
                .singleElement()
                .asString()
                .contains("INFO", "clients-changed=1 [app]")
                .doesNotContain(FIRST, SECOND, "sections");
    }

    @Test
    void namesWhatWasAddedAndRemoved() throws IOException {
        write("""
                bedrock-proxy.clients.old.secrets = [ { sha256 = "%s" } ]
                """.formatted("ab".repeat(32)));
        look();
        write("""
                bedrock-proxy.clients.new.secrets = [ { sha256 = "%s" } ]
                bedrock-proxy.limits.header-count = 50
                """.formatted("ab".repeat(32)));
        look();

        assertThat(reports()).hasSize(2);
        assertThat(reports().get(0)).contains("clients-added=1 [old]");
        assertThat(reports().get(1))
                .contains("clients-added=1 [new] clients-removed=1 [old] sections=1 [limits]")
                .doesNotContain("changed=");
        assertThat(target.last().limits().headerCount()).isEqualTo(50);
    }

    @Test
    void loadsNothingForATouch() throws IOException {
        look();
        target.refusal = "asked";
        Files.setLastModifiedTime(file, FileTime.from(Instant.EPOCH));
        look();
        Files.writeString(secret, FIRST);
        look();

        assertThat(target.prepared).isZero();
        assertThat(reports()).isEmpty();
    }

    @Test
    void watchesWhatANewConfigurationNames() throws IOException {
        look();
        Path other = Files.writeString(folder.resolve("other"), SECOND);
        write("bedrock-proxy.clients.other.secrets = [ { file = \"" + other + "\" } ]");
        look();
        Files.writeString(other, "third-secret-of-many-bytes");
        look();

        assertThat(target.configs).hasSize(2);
        assertThat(target.last().clients().get("other"))
                .isNotEqualTo(target.configs.get(0).clients().get("other"));
    }

    @Test
    void reportsAFailureWhenTheNextLookFindsItToo() throws IOException {
        look();
        Instant failed = now;
        write("bedrock-proxy.limits.header-count = many");
        look();
        assertThat(reports()).as("half written, perhaps").isEmpty();
        assertThat(reloader.state().hasFailed()).isFalse();
        now = now.plusSeconds(1);
        look();
        look();

        assertThat(target.prepared).isZero();
        assertThat(reports())
                .as("once for one cause")
                .singleElement()
                .asString()
                .contains("WARN", file.toString(), "bedrock-proxy.limits.header-count", "a number from");
        assertThat(reloader.state().hasFailed()).isTrue();
        assertThat(reloader.state().since()).isEqualTo(failed);
        assertThat(reloader.state().message()).contains("header-count").doesNotContain("\n");
    }

    @Test
    void saysNothingOfAFileThatIsFinishedAtTheNextLook() throws IOException {
        look();
        Files.writeString(secret, "half");
        look();
        Files.writeString(secret, SECOND);
        look();

        assertThat(target.configs).hasSize(1);
        assertThat(reports()).singleElement().asString().contains("configuration reloaded");
    }

    @Test
    void reportsAFailureAtOnceToWhoAsks() throws IOException {
        look();
        write("bedrock-proxy.limits.header-count = many");
        reloader.lookAsAsked(target);

        assertThat(reloader.state().hasFailed()).isTrue();
        assertThat(reports()).singleElement().asString().contains("configuration not reloaded");
    }

    @Test
    void isHealedByTheFileThatRuns() throws IOException {
        look();
        write("nonsense");
        look();
        look();
        assertThat(reloader.state().hasFailed()).isTrue();
        now = now.plusSeconds(60);
        write("");
        look();

        assertThat(target.prepared).as("it runs already").isZero();
        assertThat(reloader.state()).isEqualTo(ReloadState.current(now));
        assertThat(reports()).hasSize(2);
        assertThat(reports().get(1)).contains("INFO", "good again");
    }

    @Test
    void isHealedByASecretFileThatComesLater() throws IOException {
        look();
        Path later = folder.resolve("later");
        write("bedrock-proxy.clients.other.secrets = [ { file = \"" + later + "\" } ]");
        look();
        look();
        assertThat(reloader.state().message()).contains("no such file");
        Files.writeString(later, SECOND);
        look();

        assertThat(reloader.state().hasFailed()).isFalse();
        assertThat(target.last().clients()).containsKey("other");
    }

    @Test
    void reportsWhatOnlyTheTargetFinds() throws IOException {
        look();
        target.refusal = "bedrock-proxy.roles.r: no good (expected: better)";
        write("bedrock-proxy.limits.header-count = 50");
        look();
        look();

        assertThat(reloader.state().message()).isEqualTo(file + ": " + target.refusal);
        assertThat(target.configs).isEmpty();
    }

    @Test
    void doesNotTrustWhatChangedWhileItWasRead() throws IOException {
        look();
        target.whilePreparing = () -> {
            target.whilePreparing = () -> {};
            try {
                write("bedrock-proxy.limits.header-count = 60");
            } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
        };
        write("bedrock-proxy.limits.header-count = 50");
        look();

        assertThat(target.discarded).isEqualTo(1);
        assertThat(target.configs).hasSize(1);
        assertThat(target.last().limits().headerCount()).isEqualTo(60);
    }

    @Test
    void givesWayToAFileThatNeverRests() throws IOException {
        look();
        int[] count = {20};
        target.whilePreparing = () -> {
            try {
                write("bedrock-proxy.limits.header-count = " + count[0]++);
            } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
        };
        write("bedrock-proxy.limits.header-count = 15");
        look();
        assertThat(target.configs).isEmpty();
        assertThat(target.prepared).isEqualTo(target.discarded);
        target.whilePreparing = () -> {};
        look();

        assertThat(target.last().limits().headerCount()).isEqualTo(count[0] - 1);
    }

    @Test
    void warnsOnceOfWhatNeedsARestart() throws IOException {
        look();
        write("bedrock-proxy.listener.port = 9000\nbedrock-proxy.limits.header-count = 50");
        look();
        write("bedrock-proxy.listener.port = 9000\nbedrock-proxy.limits.header-count = 60");
        look();

        assertThat(target.last().listener().port()).isEqualTo(8080);
        assertThat(target.last().limits().headerCount()).isEqualTo(60);
        assertThat(log.lines())
                .filteredOn(line -> line.contains("restart"))
                .singleElement()
                .asString()
                .contains("WARN", "bedrock-proxy.listener.port: 9000 needs a restart (until then: 8080)");
    }

    @Test
    void changesNothingAfterItsEnd() throws IOException {
        look();
        reloader.close();
        Files.writeString(secret, SECOND);
        look();

        assertThat(target.prepared).isZero();
    }
}
