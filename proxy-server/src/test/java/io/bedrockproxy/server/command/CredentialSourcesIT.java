package io.bedrockproxy.server.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.bedrockproxy.emulator.Emulator;
import io.bedrockproxy.emulator.EmulatorConfig;
import io.bedrockproxy.emulator.recording.RecordedRequest;
import io.bedrockproxy.emulator.recording.StsCall;
import io.bedrockproxy.emulator.signature.AccessKey;
import io.bedrockproxy.emulator.signature.RoleSession;
import io.bedrockproxy.emulator.sts.RoleRule;
import io.bedrockproxy.emulator.sts.WebIdentity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The sources of credentials that docs/CREDENTIALS.md names and that are renewed, as {@code serve} finds it in its environment: a process of its
 * own, endpoints on loopback that behave like AWS's, and an emulator that knows whose key a request is signed with. What
 * expires is renewed, from files that change meanwhile, and not one request fails.
 */
@Timeout(value = 180, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class CredentialSourcesIT {
    /** Long enough for a slow machine, short enough for a test that sees several. */
    private static final Duration LIFE = Duration.ofSeconds(12);

    private static final Duration RENEWED_WITHIN = Duration.ofSeconds(90);
    private static final String POD_ROLE = "arn:aws:iam::111122223333:role/of-the-pod";
    private static final String TARGET_ROLE = "arn:aws:iam::444455556666:role/bedrock";
    private static final InstantSource CLOCK = InstantSource.system();

    @AutoClose
    private final Emulator emulator = Emulator.start(EmulatorConfig.defaults().withCredentialLife(LIFE));

    @AutoClose
    private final MetadataService machine = new MetadataService(emulator, LIFE);

    @TempDir
    Path folder;

    @Test
    void profileWhoseRoleIsAssumedWithASourceProfile() throws Exception {
        emulator.addKey(AccessKey.longLived("AKIAPROFILE000000001", "secret/1", "arn:aws:iam::111122223333:user/p"));
        emulator.addKey(AccessKey.longLived("AKIAPROFILE000000002", "secret/2", "arn:aws:iam::111122223333:user/p"));
        emulator.roles(List.of(RoleRule.of(TARGET_ROLE, "external-id-of-the-profile")));
        Path config = Files.writeString(folder.resolve("config"), """
                [profile leaf]
                role_arn = %s
                source_profile = base
                external_id = external-id-of-the-profile
                role_session_name = from-a-profile
                region = us-east-1
                """.formatted(TARGET_ROLE));
        Path keys = Files.writeString(folder.resolve("credentials"), profileKeys(1));
        Map<String, String> environment = Map.of(
                "AWS_CONFIG_FILE", config.toString(),
                "AWS_SHARED_CREDENTIALS_FILE", keys.toString(),
                "AWS_PROFILE", "leaf",
                "AWS_ENDPOINT_URL_STS", emulator.stsEndpoint().toString());
        try (ServedProcess serve = ServedProcess.start(folder, emulator, environment)) {
            assertThat(answered(serve).session()).isEqualTo(new RoleSession(TARGET_ROLE, "from-a-profile"));
            assertThat(lastCall().accessKeyId()).isEqualTo("AKIAPROFILE000000001");

            replace(keys, profileKeys(2));
            emulator.removeKey("AKIAPROFILE000000001");

            await(serve, () -> "AKIAPROFILE000000002".equals(lastCall().accessKeyId()));
            await(serve, () -> keysUsed().size() >= 2);
        }
    }

    @Test
    void webIdentityWithATokenFileThatIsRotated() throws Exception {
        Path token = Files.writeString(folder.resolve("token"), "head.first.sign");
        emulator.addWebIdentity(
                WebIdentity.of("head.first.sign", CLOCK.instant().plusSeconds(3600)));
        Map<String, String> environment = Map.of(
                "AWS_WEB_IDENTITY_TOKEN_FILE",
                token.toString(),
                "AWS_ROLE_ARN",
                POD_ROLE,
                "AWS_ROLE_SESSION_NAME",
                "the-pod",
                "AWS_ENDPOINT_URL_STS",
                emulator.stsEndpoint().toString());
        try (ServedProcess serve = ServedProcess.start(folder, emulator, environment)) {
            assertThat(answered(serve).session()).isEqualTo(new RoleSession(POD_ROLE, "the-pod"));

            emulator.addWebIdentity(
                    WebIdentity.of("head.second.sign", CLOCK.instant().plusSeconds(3600)));
            replace(token, "head.second.sign");
            emulator.addWebIdentity(WebIdentity.of("head.first.sign", CLOCK.instant()));

            await(serve, () -> keysUsed().size() >= 2);
            assertThat(emulator.recorder().stsCalls())
                    .allSatisfy(call -> assertThat(call.errorCode()).isNull())
                    .extracting(StsCall::webIdentityToken)
                    .startsWith("head.first.sign")
                    .endsWith("head.second.sign");
        }
    }

    @Test
    void ecsTaskRole() throws Exception {
        Map<String, String> environment = Map.of("AWS_CONTAINER_CREDENTIALS_FULL_URI", machine.containerUri());
        try (ServedProcess serve = ServedProcess.start(folder, emulator, environment)) {
            assertThat(answered(serve).session()).isEqualTo(MetadataService.SESSION);
            await(serve, () -> keysUsed().size() >= 3);
            assertThat(machine.given()).containsAll(keysUsed());
        }
    }

    @Test
    void eksPodIdentityWithATokenFileThatIsRotated() throws Exception {
        Path token = Files.writeString(folder.resolve("token"), "first-token");
        machine.authorize("first-token");
        Map<String, String> environment = Map.of(
                "AWS_CONTAINER_CREDENTIALS_FULL_URI", machine.containerUri(),
                "AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE", token.toString());
        try (ServedProcess serve = ServedProcess.start(folder, emulator, environment)) {
            assertThat(answered(serve).session()).isEqualTo(MetadataService.SESSION);

            replace(token, "second-token");
            machine.authorize("second-token");

            await(serve, () -> keysUsed().size() >= 2);
            assertThat(machine.authorizations()).startsWith("first-token").endsWith("second-token");
        }
    }

    @Test
    void instanceRoleThatAssumesTheClientsRole() throws Exception {
        emulator.roles(
                List.of(RoleRule.of(TARGET_ROLE, "external-id").withTrustPolicy("""
                {"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"AWS":"%s"},"Action":"sts:AssumeRole",
                 "Condition":{"StringEquals":{"sts:ExternalId":"external-id"}}}]}""".formatted(MetadataService.ROLE))));
        Map<String, String> environment = Map.of(
                "AWS_EC2_METADATA_SERVICE_ENDPOINT",
                machine.endpoint(),
                "BEDROCK_PROXY_ROLE_ARN",
                TARGET_ROLE,
                "BEDROCK_PROXY_EXTERNAL_ID",
                "external-id");
        try (ServedProcess serve = ServedProcess.start(folder, emulator, environment)) {
            assertThat(answered(serve).session()).isEqualTo(new RoleSession(TARGET_ROLE, "env"));
            assertThat(lastCall().callerArn()).isEqualTo(MetadataService.SESSION.assumedRoleArn());

            machine.forgetSessionTokens();

            await(serve, () -> callers().size() >= 2);
            assertThat(machine.given()).containsAll(callers());
            await(serve, () -> keysUsed().size() >= 3);
        }
    }

    @Test
    void keysThatAwsRefusesAreAskedForAnewForTheSameRequest() throws Exception {
        Map<String, String> environment = Map.of("AWS_EC2_METADATA_SERVICE_ENDPOINT", machine.endpoint());
        try (ServedProcess serve = ServedProcess.start(folder, emulator, environment)) {
            String first = answered(serve).accessKeyId();

            machine.expire(first);

            assertThat(answered(serve).accessKeyId())
                    .as("the same request, signed anew")
                    .isNotEqualTo(first);
            assertThat(emulator.recorder().refusedCount()).isEqualTo(1);
        }
    }

    private RecordedRequest answered(ServedProcess serve) {
        serve.awaitReady();
        serve.call();
        return emulator.recorder().last();
    }

    /** Sends requests, of which none may fail, until the condition holds. */
    private static void await(ServedProcess serve, Callable<Boolean> condition) {
        Awaitility.await()
                .pollInterval(Duration.ofMillis(100))
                .atMost(RENEWED_WITHIN)
                .until(() -> {
                    serve.call();
                    return condition.call();
                });
    }

    /** The keys that requests were signed with. */
    private Set<String> keysUsed() {
        return emulator.recorder().requests().stream()
                .map(RecordedRequest::accessKeyId)
                .collect(Collectors.toSet());
    }

    /** The keys that calls to STS were signed with. */
    private Set<String> callers() {
        return emulator.recorder().stsCalls().stream().map(StsCall::accessKeyId).collect(Collectors.toSet());
    }

    private StsCall lastCall() {
        List<StsCall> calls = emulator.recorder().stsCalls();
        return calls.get(calls.size() - 1);
    }

    private static String profileKeys(int number) {
        return "[base]%naws_access_key_id = AKIAPROFILE00000000%1$d%naws_secret_access_key = secret/%1$d%n"
                .formatted(number);
    }

    private static void replace(Path file, String text) throws IOException {
        Path next = Files.writeString(file.resolveSibling("next"), text);
        Files.move(next, file, StandardCopyOption.ATOMIC_MOVE);
    }
}
