package io.bedrockproxy.core.credentials;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Keys that are replaced in their file, on time that the test moves. */
class KeysFileWatchTest {
    private final ManualScheduler time = new ManualScheduler();
    private final CredentialsRegistry registry = new CredentialsRegistry(
            new AwsSources(new CredentialsConfig(List.of(), null, false, false), InstantSource.system()),
            time,
            time,
            new RefreshSchedule(() -> 0.5));

    @TempDir
    Path folder;

    private Path file;
    private CredentialsKey key;

    @BeforeEach
    void write() {
        file = folder.resolve("keys");
        write("FIRST");
        key = CredentialsKey.direct(new SourceConfig.KeysFile(file));
    }

    @AfterEach
    void close() {
        registry.close();
        assertThat(time.pendingTasks()).isZero();
    }

    private void write(String accessKeyId) {
        try {
            Path next = Files.writeString(
                    folder.resolve("next"),
                    "{\"AccessKeyId\":\"" + accessKeyId + "\",\"SecretAccessKey\":\"secret\",\"SessionToken\":\"\"}");
            Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String current(RefreshingCredentials credentials) {
        SessionCredentials current = credentials.current();
        return current == null ? "none" : current.accessKeyId();
    }

    private RefreshingCredentials started() {
        RefreshingCredentials credentials = registry.of(key);
        credentials.next();
        time.advance(Duration.ofSeconds(1));
        assertThat(current(credentials)).isEqualTo("FIRST");
        return credentials;
    }

    @Test
    void usesNewKeysWithinTwoSeconds() {
        RefreshingCredentials credentials = started();
        write("SECOND");
        time.advance(Duration.ofSeconds(2));
        assertThat(current(credentials)).isEqualTo("SECOND");
    }

    @Test
    void followsALinkThatIsSwapped() throws IOException {
        Path mount = Files.createDirectory(folder.resolve("mount"));
        mount(mount, "one", "FIRST");
        Files.createSymbolicLink(mount.resolve("keys"), Path.of("..data", "keys"));
        key = CredentialsKey.direct(new SourceConfig.KeysFile(mount.resolve("keys")));
        RefreshingCredentials credentials = started();
        mount(mount, "two", "SECOND");
        time.advance(Duration.ofSeconds(2));
        assertThat(current(credentials)).isEqualTo("SECOND");
    }

    private void mount(Path mount, String version, String accessKeyId) throws IOException {
        Path data = Files.createDirectory(mount.resolve(version));
        Files.writeString(
                data.resolve("keys"),
                "aws_access_key_id = " + accessKeyId + "\naws_secret_access_key = secret\naws_session_token = t\n");
        Path link = Files.createSymbolicLink(mount.resolve("..data_tmp"), Path.of(version));
        Files.move(link, mount.resolve("..data"), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    @Test
    void readsNothingWhileNothingChanges() {
        started();
        int looksOnly = time.works;
        time.advance(Duration.ofSeconds(10));
        assertThat(time.works - looksOnly).as("one look a second").isBetween(8, 10);
    }

    @Test
    void keepsTheLastGoodKeysWhileTheFileIsBad() throws IOException {
        RefreshingCredentials credentials = started();
        Files.writeString(file, "{ half");
        time.advance(Duration.ofSeconds(10));
        assertThat(current(credentials)).isEqualTo("FIRST");
        assertThat(credentials.state())
                .isInstanceOfSatisfying(
                        CredentialsState.Ready.class,
                        ready -> assertThat(ready.lastErrorCode()).isEqualTo("keys-file"));
        write("SECOND");
        time.advance(Duration.ofSeconds(2));
        assertThat(current(credentials)).isEqualTo("SECOND");
    }

    @Test
    void healsAsSoonAsAMissingFileComes() throws IOException {
        Files.delete(file);
        RefreshingCredentials credentials = registry.of(key);
        credentials.next();
        time.advance(Duration.ofMinutes(10));
        assertThat(current(credentials)).isEqualTo("none");
        write("FIRST");
        time.advance(Duration.ofSeconds(2));
        assertThat(current(credentials)).isEqualTo("FIRST");
    }

    @Test
    void asksAgainWhenTheFileChangesWhileItIsRead() {
        RefreshingCredentials credentials = started();
        time.workTakes = Duration.ofSeconds(5);
        write("SECOND");
        time.advance(Duration.ofSeconds(7));
        write("THIRD");
        time.advance(Duration.ofSeconds(30));
        assertThat(current(credentials)).isEqualTo("THIRD");
    }

    @Test
    void readsAtOnceWhatAwsRefused() {
        RefreshingCredentials credentials = started();
        write("SECOND");
        SessionCredentials refused = credentials.current();
        credentials.rejected(refused);
        time.advanceMillis(100);
        assertThat(current(credentials)).isEqualTo("SECOND");
    }

    @Test
    void isNotLookedAtAnyMoreWhenNobodyUsesIt() {
        started();
        registry.retain(Set.of());
        time.advance(Duration.ofSeconds(2));
        int works = time.works;
        time.advance(Duration.ofMinutes(1));
        assertThat(time.works).isEqualTo(works);
    }
}
