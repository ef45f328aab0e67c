package io.bedrockproxy.server.reload;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** Configurations that cannot be brought in, and how that heals. */
class ReloaderFailureTest extends ReloaderFixture {
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
}
