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
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CredentialsRegistryTest {
    private final ManualScheduler time = new ManualScheduler();
    private final List<CredentialsKey> opened = new ArrayList<>();
    private final List<CredentialsKey> fetched = new ArrayList<>();
    private final List<RefreshingCredentials> befores = new ArrayList<>();
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
    void chainsFromOneRefresherOfTheRoleBefore() {
        RefreshingCredentials one = registry.of(chained("one"));
        RefreshingCredentials two = registry.of(chained("two"));

        assertThat(opened)
                .as("the role before is opened once, and first")
                .containsExactly(key(1), chained("one"), chained("two"));
        assertThat(befores).containsExactly(null, registry.of(key(1)), registry.of(key(1)));
        assertThat(one).isNotSameAs(two);
    }

    @Test
    void keepsTheRoleBeforeForWhoIsChainedFromIt() {
        registry.of(chained("one"));
        registry.of(key(2));

        registry.retain(Set.of(chained("one")));

        assertThat(registry.states()).extracting(CredentialsStatus::key).containsExactly(key(1), chained("one"));
        registry.retain(Set.of());
        assertThat(registry.states()).isEmpty();
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

    private static CredentialsKey chained(String name) {
        return CredentialsKey.assume(
                AssumedRole.of("arn:aws:iam::123456789012:role/" + name, "team", "us-east-1"),
                new SourceConfig.RoleSession(Objects.requireNonNull(key(1).role()), key(1).source()));
    }

    private static CredentialsKey key(int number) {
        return CredentialsKey.assume(
                AssumedRole.of("arn:aws:iam::123456789012:role/r" + number, "team", "us-east-1"),
                new SourceConfig.DefaultChain());
    }

    /** Sources that always give, and write down who was asked. */
    private final class FakeSources implements Sources {
        @Override
        public CredentialsSource open(CredentialsKey key, @Nullable RefreshingCredentials before) {
            opened.add(key);
            befores.add(before);
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
