package io.bedrockproxy.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.bedrockproxy.emulator.Emulator;
import io.bedrockproxy.emulator.recording.RecordedRequest;
import io.bedrockproxy.emulator.signature.AccessKey;
import io.bedrockproxy.emulator.signature.Identity;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Datasaur's fields for Amazon Bedrock: an IAM user's keys with an empty session token, or the {@code ASIA} keys of a role,
 * which expire and are replaced in their file while the proxy runs. docs/PLATFORMS.md has the fields.
 */
@ExtendWith(LeakCheck.class)
class DatasaurIT {
    private static final String USER = "arn:aws:iam::111122223333:user/datasaur";
    private static final String MODEL = "anthropic.claude-3-haiku-20240307-v1:0";
    private static final String SECRET = LocalProxy.newSecret();

    /** A look each second, and a slow machine. */
    private static final Duration NOTICED = Duration.ofSeconds(20);

    @TempDir
    Path folder;

    /** @param source keys below {@code sources.datasaur}, besides or instead of those of the page */
    private static LocalProxy start(Emulator[] started, String source) {
        int number = source.startsWith("file") ? 2 : 1;
        String configuration = PlatformsDoc.configuration("Datasaur", number, "datasaur", SECRET)
                .replace("${DATASAUR_SECRET_ACCESS_KEY}", "\"user/secret\"");
        return LocalProxy.builder()
                .prepared(aws -> {
                    started[0] = aws;
                    aws.addKey(AccessKey.longLived("AKIADATASAUR00000000", "user/secret", USER));
                    aws.addKey(temporary(1));
                    aws.addKey(temporary(2));
                })
                .config(configuration)
                .config("sources.datasaur { " + source + " }")
                .start();
    }

    private static AccessKey temporary(int number) {
        return new AccessKey(
                "ASIADATASAUR0000000" + number,
                "temporary/secret/" + number,
                "session-token-" + number,
                InstantSource.system().instant().plus(Duration.ofHours(1)),
                Identity.user(USER));
    }

    private Path write(String text) {
        try {
            Path file = folder.resolve("keys");
            if (!Files.exists(file)) {
                return Files.writeString(file, text);
            }
            ProxyFile.replace(file, text);
            return file;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String json(int number) {
        return """
                {"AccessKeyId":"ASIADATASAUR0000000%1$d","SecretAccessKey":"temporary/secret/%1$d",
                 "SessionToken":"session-token-%1$d"}""".formatted(number);
    }

    private static HttpResponse<String> invoke(LocalProxy proxy, String operation) {
        Calls calls = new Calls(proxy);
        return calls.send(calls.request(SECRET, MODEL, operation, "Label this.").build());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "session-token = null", "file = FILE"})
    void keysOfAnIamUserWithAnEmptySessionToken(String source) {
        Path file = write("""
                aws_access_key_id = AKIADATASAUR00000000
                aws_secret_access_key = user/secret
                aws_session_token =
                """);
        try (LocalProxy proxy = start(new Emulator[1], source.replace("FILE", '"' + file.toString() + '"'))) {
            for (String operation : new String[] {"invoke", "invoke-with-response-stream"}) {
                HttpResponse<String> answer = invoke(proxy, operation);
                assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
                RecordedRequest arrived = proxy.emulator().recorder().last();
                assertThat(arrived.accessKeyId()).isEqualTo("AKIADATASAUR00000000");
                assertThat(arrived.header("x-amz-security-token"))
                        .as("none and not an empty one")
                        .isNull();
            }
        }
    }

    @Test
    void temporaryKeysAreReplacedInTheFileBeforeTheyExpire() {
        Emulator[] aws = new Emulator[1];
        try (LocalProxy proxy = start(aws, "file = \"" + write(json(1)) + '"')) {
            assertThat(invoke(proxy, "invoke").statusCode()).isEqualTo(200);
            assertThat(proxy.emulator().recorder().last().accessKeyId()).isEqualTo("ASIADATASAUR00000001");

            write(json(2));
            await().atMost(NOTICED).until(() -> {
                assertThat(invoke(proxy, "invoke").statusCode()).isEqualTo(200);
                return "ASIADATASAUR00000002"
                        .equals(proxy.emulator().recorder().last().accessKeyId());
            });
            assertThat(proxy.emulator().recorder().refusedCount()).isZero();
            assertThat(proxy.emulator().recorder().last().header("x-amz-security-token"))
                    .isEqualTo("session-token-2");
        }
    }

    @Test
    void keysThatExpiredAreReadAgainAtOnce() {
        Emulator[] aws = new Emulator[1];
        try (LocalProxy proxy = start(aws, "file = \"" + write(json(1)) + '"')) {
            assertThat(invoke(proxy, "invoke").statusCode()).isEqualTo(200);

            aws[0].expireCredentials("ASIADATASAUR00000001");
            write(json(2));
            HttpResponse<String> answer = invoke(proxy, "invoke");

            assertThat(answer.statusCode()).as("not even one request fails").isEqualTo(200);
            assertThat(proxy.emulator().recorder().last().accessKeyId()).isEqualTo("ASIADATASAUR00000002");
        }
    }

    @Test
    void keysThatExpiredAndWereNotReplacedAreAwssAnswer() {
        Emulator[] aws = new Emulator[1];
        try (LocalProxy proxy = start(aws, "file = \"" + write(json(1)) + '"')) {
            assertThat(invoke(proxy, "invoke").statusCode()).isEqualTo(200);
            aws[0].expireCredentials("ASIADATASAUR00000001");
            HttpResponse<String> answer = invoke(proxy, "invoke");

            assertThat(answer.statusCode()).isEqualTo(403);
            assertThat(answer.headers().firstValue("x-amzn-errortype"))
                    .hasValueSatisfying(type -> assertThat(type).startsWith("ExpiredTokenException"));
            assertThat(answer.headers().firstValue("x-bedrock-proxy-failure")).isEmpty();
        }
    }
}
