package io.bedrockproxy.core.credentials;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a file of keys may hold, and what is said of one that holds something else. */
class KeysFileTest {
    private static final String SECRET = "secretKey/0123456789";

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"Version\":1,\"AccessKeyId\":\"ASIAX\",\"SecretAccessKey\":\"secretKey/0123456789\","
                        + "\"SessionToken\":\"token\",\"Expiration\":\"2030-01-01T00:00:00Z\"}",
                "{\"Code\":\"Success\",\"AccessKeyId\":\"ASIAX\",\"SecretAccessKey\":\"secretKey/0123456789\","
                        + "\"Token\":\"token\",\"Expiration\":\"2030-01-01T01:00:00+01:00\"}",
                "  {\"Credentials\":{\"AccessKeyId\":\"ASIAX\",\"SecretAccessKey\":\"secretKey/0123456789\","
                        + "\"SessionToken\":\"token\",\"Expiration\":\"2030-01-01T00:00:00+00:00\"},"
                        + "\"AssumedRoleUser\":{\"AssumedRoleId\":\"x\"}}\n"
            })
    void readsJson(String text) {
        SessionCredentials keys = keys(text);
        assertThat(keys.accessKeyId()).isEqualTo("ASIAX");
        assertThat(keys.secretAccessKey()).isEqualTo(SECRET);
        assertThat(keys.sessionToken()).isEqualTo("token");
        assertThat(keys.expiration()).isEqualTo(Instant.parse("2030-01-01T00:00:00Z"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"""
                [default]
                aws_access_key_id = ASIAX
                aws_secret_access_key = secretKey/0123456789
                aws_session_token = token
                """, """
                # of the console
                [111122223333_Bedrock]
                aws_access_key_id=ASIAX
                aws_secret_access_key=secretKey/0123456789
                aws_session_token=token""", """
                aws_access_key_id = ASIAX\r
                aws_secret_access_key = secretKey/0123456789\r
                aws_session_token = token\r
                """})
    void readsASectionOfACredentialsFile(String text) {
        SessionCredentials keys = keys(text);
        assertThat(keys.accessKeyId()).isEqualTo("ASIAX");
        assertThat(keys.secretAccessKey()).isEqualTo(SECRET);
        assertThat(keys.sessionToken()).isEqualTo("token");
        assertThat(keys.expiration()).as("nobody says so").isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"AccessKeyId\":\"AKIAX\",\"SecretAccessKey\":\"secretKey/0123456789\",\"SessionToken\":\"\"}",
                "{\"AccessKeyId\":\"AKIAX\",\"SecretAccessKey\":\"secretKey/0123456789\",\"SessionToken\":null,"
                        + "\"Expiration\":\"\"}",
                """
                aws_access_key_id = AKIAX
                aws_secret_access_key = secretKey/0123456789
                aws_session_token =
                """
            })
    void takesAnEmptySessionTokenForNone(String text) {
        assertThat(keys(text).sessionToken()).isNull();
        assertThat(keys(text).expiration()).isNull();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'' | is empty",
                "'  ' | is empty",
                "{} | has no AccessKeyId",
                "{\"AccessKeyId\":\"AKIA X\",\"SecretAccessKey\":\"s3cret\"} | has no AccessKeyId",
                "{\"AccessKeyId\":\"AKIAX\"} | has no SecretAccessKey",
                "{\"AccessKeyId\":\"AKIAX\",\"SecretAccessKey\":\"\"} | has no SecretAccessKey",
                "{\"AccessKeyId\":\"AKIAX\",\"SecretAccessKey\":\"s3cret\",\"Expiration\":\"soon\"} | Expiration",
                "{\"AccessKeyId\":\"AKIAX\",\"SecretAccessKey\":\"s3cret\" | is no JSON",
                "{\"AccessKeyId\":\"A\",\"AccessKeyId\":\"B\",\"SecretAccessKey\":\"s3cret\"} | is no JSON",
                "{\"AccessKeyId\":\"AKIAX\",\"SecretAccessKey\":\"s3cret\"} {} | goes on",
                "s3cret | is neither JSON nor",
                "aws_access_key_id = AKIAX | has no aws_secret_access_key",
                "[default] | has no aws_access_key_id",
            })
    void saysWhatIsWrongAndNothingOfWhatItHolds(String text, String what) {
        KeysFile.Parsed parsed = KeysFile.parse(text);
        assertThat(parsed)
                .isInstanceOfSatisfying(
                        KeysFile.Wrong.class,
                        wrong -> assertThat(wrong.what()).contains(what).doesNotContain("s3cret"));
    }

    @Test
    void doesNotChooseAmongSections() {
        String two = """
                [a]
                aws_access_key_id = A
                aws_secret_access_key = s3cret
                [b]
                aws_access_key_id = B
                """;
        assertThat(KeysFile.parse(two)).isEqualTo(new KeysFile.Wrong("has 2 sections"));
    }

    @Test
    void namesTheFileAndWhatWasExpectedInTheLogOnly() throws Exception {
        Path file = Files.writeString(folder.resolve("keys"), "s3cret");
        for (Path path : new Path[] {file, folder.resolve("missing"), folder}) {
            SourceAnswer answer = new KeysFileSource(path).fetch(0);
            assertThat(answer).isInstanceOfSatisfying(SourceAnswer.Refused.class, refused -> {
                assertThat(refused.error().isDenied()).isFalse();
                assertThat(refused.error().code()).isEqualTo("keys-file");
                assertThat(refused.error().detail()).startsWith(path + " ").contains("(expected: ");
                assertThat(refused.error().summary()).doesNotContain(path.toString());
                assertThat(refused.error().toString()).doesNotContain("s3cret");
            });
        }
    }

    @Test
    void readsTheFileAtEachFetch() throws Exception {
        Path file =
                Files.writeString(folder.resolve("keys"), "{\"AccessKeyId\":\"ONE\",\"SecretAccessKey\":\"secret\"}");
        KeysFileSource source = new KeysFileSource(file);
        assertThat(fetched(source).accessKeyId()).isEqualTo("ONE");
        Files.writeString(file, "{\"AccessKeyId\":\"TWO\",\"SecretAccessKey\":\"secret\"}");
        assertThat(fetched(source).accessKeyId()).isEqualTo("TWO");
    }

    @Test
    void refusesAFileThatIsTooLong() throws Exception {
        Path file = Files.writeString(folder.resolve("keys"), "{" + " ".repeat(64 * 1024) + "}");
        assertThat(new KeysFileSource(file).fetch(0))
                .isInstanceOfSatisfying(
                        SourceAnswer.Refused.class,
                        refused -> assertThat(refused.error().detail()).contains("more than 64 KiB"));
    }

    private static SessionCredentials fetched(KeysFileSource source) {
        return ((SourceAnswer.Fetched) source.fetch(0)).credentials();
    }

    private static SessionCredentials keys(String text) {
        KeysFile.Parsed parsed = KeysFile.parse(text);
        assertThat(parsed).isInstanceOf(KeysFile.Keys.class);
        return ((KeysFile.Keys) parsed).credentials();
    }
}
