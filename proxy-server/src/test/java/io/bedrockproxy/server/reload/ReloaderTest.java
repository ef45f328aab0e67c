package io.bedrockproxy.server.reload;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** What is brought in, and what is said of it. */
class ReloaderTest extends ReloaderFixture {
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
