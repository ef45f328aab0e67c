package io.bedrockproxy.core.credentials;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CredentialsRegistryTest {
    private final ManualScheduler time = new ManualScheduler();
    private final List<CredentialsKey> opened = new ArrayList<>();
    private final List<CredentialsKey> fetched = new ArrayList<>();
    private boolean sourcesClosed;
    private final CredentialsRegistry registry =
            new CredentialsRegistry(new FakeSources(), time, time, new RefreshSchedule(() -> 0.5));

    @Test
    void hasOneRefresherForEachDistinctKey() {
        assertThat(registry.of(key(1))).isSameAs(registry.of(key(1))).isNotSameAs(registry.of(key(2)));
        assertThat(opened).containsExactly(key(1), key(2));
        assertThat(time.works).as("nothing is fetched before it is needed").isZero();
    }

    @Test
    void fetchesTwentyAtStartFourAtATime() {
        for (int i = 0; i < 30; i++) {
            registry.of(key(i));
        }

        registry.start();
        assertThat(time.works).isEqualTo(4);
        time.advanceMillis(100);
        assertThat(fetched).hasSize(4);
        assertThat(time.works).isEqualTo(8);
        time.advance(Duration.ofSeconds(1));

        assertThat(fetched).hasSize(20).doesNotHaveDuplicates();
        assertThat(registry.states()).hasSize(30);
        assertThat(registry.states().stream().filter(CredentialsStatus::isReady))
                .hasSize(20);
        assertThat(registry.states().get(29).state()).isEqualTo(new CredentialsState.Pending());
    }

    @Test
    void keepsTheStartedOnesFreshAndFetchesOthersAtFirstUse() {
        registry.of(key(1));
        registry.start();
        RefreshingCredentials later = registry.of(key(2));
        time.advance(Duration.ofHours(5));
        assertThat(fetched).contains(key(1)).doesNotContain(key(2));

        later.next();
        time.advanceMillis(100);

        assertThat(fetched).endsWith(key(2));
    }

    @Test
    void doesNotWaitForAnotherKeysCall() {
        time.workTakes = Duration.ofDays(1);
        RefreshingCredentials hanging = registry.of(key(1));
        hanging.next();
        time.workTakes = Duration.ofMillis(100);

        RefreshingCredentials other = registry.of(key(2));
        other.next();
        time.advanceMillis(100);

        assertThat(other.current()).isNotNull();
        assertThat(hanging.current()).isNull();
    }

    @Test
    void stopsEverythingWhenItIsClosed() {
        registry.of(key(1));
        registry.of(key(2)).next();
        registry.start();

        registry.close();

        assertThat(sourcesClosed).isTrue();
        assertThat(time.pendingTasks()).isZero();
    }

    @Test
    void refusesTrustedCertificatesThatCannotBeRead(@TempDir Path folder) throws Exception {
        Path missing = folder.resolve("missing.pem");
        Path empty = Files.createFile(folder.resolve("empty.pem"));
        Path wrong = Files.writeString(folder.resolve("wrong.pem"), "-----BEGIN CERTIFICATE-----\nAAAA\n");

        for (Path pem : List.of(missing, empty, wrong)) {
            CredentialsConfig config = new CredentialsConfig(List.of(), pem, false, false);
            assertThatThrownBy(() ->
                            CredentialsRegistry.create(config, InstantSource.system(), System::nanoTime, () -> 0.5))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageStartingWith(pem.toString())
                    .hasMessageContaining("expected: a PEM file");
        }
    }

    private static CredentialsKey key(int number) {
        return CredentialsKey.assume(
                AssumedRole.of("arn:aws:iam::123456789012:role/r" + number, "team", "us-east-1"),
                new SourceConfig.DefaultChain());
    }

    /** Sources that always give, and write down who was asked. */
    private final class FakeSources implements Sources {
        @Override
        public CredentialsSource open(CredentialsKey key) {
            opened.add(key);
            return alternative -> {
                fetched.add(key);
                Instant expiration = time.instant().plus(Duration.ofHours(1));
                return new SourceAnswer.Fetched(new SessionCredentials("ASIA", "secret", "token", expiration));
            };
        }

        @Override
        public void close() {
            sourcesClosed = true;
        }
    }
}
