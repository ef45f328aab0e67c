package io.bedrockproxy.server.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.bedrockproxy.emulator.Emulator;
import io.bedrockproxy.emulator.EmulatorConfig;
import io.bedrockproxy.emulator.recording.RecordedRequest;
import io.bedrockproxy.emulator.signature.AccessKey;
import io.bedrockproxy.emulator.signature.Identity;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Keys of the environment, which {@code serve} signs with for want of a role; {@link CredentialSourcesIT} has the others. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class EnvironmentKeysIT {
    private static final InstantSource CLOCK = InstantSource.system();

    @AutoClose
    private final Emulator emulator = Emulator.start(EmulatorConfig.defaults());

    @TempDir
    Path folder;

    @Test
    void environment() throws Exception {
        emulator.addKey(
                AccessKey.longLived("AKIAENVIRONMENT00000", "secret/of/env", "arn:aws:iam::111122223333:user/e"));
        Map<String, String> keys =
                Map.of("AWS_ACCESS_KEY_ID", "AKIAENVIRONMENT00000", "AWS_SECRET_ACCESS_KEY", "secret/of/env");
        try (ServedProcess serve = ServedProcess.start(folder, emulator, keys)) {
            assertThat(answered(serve).accessKeyId()).isEqualTo("AKIAENVIRONMENT00000");
            assertThat(emulator.recorder().last().header("x-amz-security-token"))
                    .isNull();
        }
    }

    @Test
    void environmentWithASessionToken() throws Exception {
        emulator.addKey(temporary("ASIAENVIRONMENT00000"));
        Map<String, String> keys = Map.of(
                "AWS_ACCESS_KEY_ID", "ASIAENVIRONMENT00000",
                "AWS_SECRET_ACCESS_KEY", "temporary/secret",
                "AWS_SESSION_TOKEN", "temporary-token");
        try (ServedProcess serve = ServedProcess.start(folder, emulator, keys)) {
            assertThat(answered(serve).header("x-amz-security-token")).isEqualTo("temporary-token");
        }
    }

    private RecordedRequest answered(ServedProcess serve) {
        serve.awaitReady();
        serve.call();
        return emulator.recorder().last();
    }

    private static AccessKey temporary(String id) {
        Instant end = CLOCK.instant().plus(Duration.ofHours(1));
        return new AccessKey(
                id, "temporary/secret", "temporary-token", end, Identity.user("arn:aws:iam::111122223333:user/e"));
    }
}
