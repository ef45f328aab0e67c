package io.bedrockproxy.core.credentials;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** A role that is chained from another: what the one before has, and what becomes of its failures. */
class RoleSessionSourceTest {
    private final Rig before = new Rig();
    private final RoleSessionSource source = new RoleSessionSource(before.credentials);

    @Test
    void givesWhatTheRoleBeforeHas() {
        before.request();
        before.time.advance(Duration.ofSeconds(1));

        assertThat(source.fetch(0))
                .isEqualTo(new SourceAnswer.Fetched(Objects.requireNonNull(before.credentials.current())));
        assertThat(before.given).hasSize(1);
    }

    @Test
    void waitsForTheRoleBefore() throws Exception {
        CompletableFuture<SourceAnswer> waiting = CompletableFuture.supplyAsync(() -> source.fetch(0));
        while (before.time.works == 0) {
            Thread.onSpinWait();
        }
        assertThat(waiting).isNotDone();
        before.time.advance(Duration.ofSeconds(1));
        assertThat(waiting.get(10, java.util.concurrent.TimeUnit.SECONDS)).isInstanceOf(SourceAnswer.Fetched.class);
    }

    @Test
    void saysThatItWasTheRoleBefore() {
        before.fail(Rig.STS_DENIES);
        before.request();
        before.time.advance(Duration.ofSeconds(1));

        assertThat(source.fetch(0)).isInstanceOfSatisfying(SourceAnswer.Refused.class, refused -> {
            assertThat(refused.error().isDenied()).isTrue();
            assertThat(refused.error().code()).isEqualTo("role-before");
            assertThat(refused.error().summary()).contains("chained from", "check the trust policy");
            assertThat(refused.error().detail()).contains("code=AccessDenied");
        });
    }

    @Test
    void replacesWhatStsRefused() {
        before.request();
        before.time.advance(Duration.ofSeconds(1));
        SessionCredentials refused = Objects.requireNonNull(before.credentials.current());

        source.refused(refused);
        before.time.advance(Duration.ofSeconds(1));

        assertThat(before.credentials.current()).isNotSameAs(refused);
    }
}
