package io.bedrockproxy.server.config.load;

import static org.assertj.core.api.Assertions.assertThatCode;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** As {@link BadConfigurationTest}, for what names sources, roles and clients, and for what STS would refuse. */
class BadCredentialsConfigurationTest {
    private static final String ROLE = "arn:aws:iam::111122223333:role/bedrock";

    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '^',
            value = {
                "sources.default.profile = x | sources.default | \"default\" | another name",
                "sources.s {} | sources.s | no kind of source | access-key-id with secret-access-key",
                "sources.s { profile = x, file = y } | sources.s | more than one kind | or profile",
                "sources.s.access-key-id = AKIAEMULATOR00000000 | sources.s.secret-access-key | not set | the secret",
                "sources.s.secret-access-key = hunter22hunter22 | sources.s.access-key-id | no access key id | 1 to 128",
                "roles.r {} | roles.r.role-arn | not set | arn:aws:iam::111122223333:role/bedrock",
                "roles.r.role-arn = \"arn:aws:iam::1:role/x\" | roles.r.role-arn | \"arn:aws:iam::1:role/x\" | such as",
                "roles.r { $, external-id = \"a b\" } | roles.r.external-id | 3 characters that do not fit | 2 to 1224",
                "roles.r { $, session-name = x } | roles.r.session-name | 1 characters | 2 to 64",
                "roles.r { $, source-identity = \"a/b\" } | roles.r.source-identity | 3 characters | 2 to 64",
                "roles.r { $, duration = 5m } | roles.r.duration | \"5m\" | 15m to 12h",
                "roles.r { $, duration = 13h } | roles.r.duration | \"13h\" | 15m to 12h",
                "roles.r { $, duration = 3600 } | roles.r.duration | \"3600\" | a duration with its unit",
                "roles.r { $, session-tags { \"aws:x\" = y } } | roles.r.session-tags | \"aws:x\" | no aws:",
                "roles.r { $, session-policy = all } | roles.r.session-policy | \"all\" | generated, none",
                "roles.r { $, session-policy = ./none.json } | roles.r.session-policy | no such file | can be read",
                "roles.r { $, source = spurce } | roles.r.source | nobody defines \"spurce\" | default or role:r",
                "roles.r { $, source = \"role:r\" } | roles.r.source | r -> r is a loop | ends in a source",
                "roles { a { $, source = \"role:b\" }, b { $, source = \"role:a\" } } | roles.a.source | a -> b -> a is a loop"
                        + " | ends in a source",
                "roles { q { $ }, r { $, source = \"role:q\", duration = 2h } } | roles.r.duration | another role | 15m",
                "roles.r { $, sts-region = x } | roles.r.sts-region | formed like no region | us-east-1",
                "clients.app.role = prod | clients.app.role | nobody defines \"prod\" | under bedrock-proxy.roles",
                "clients.app.role = q, roles.r { $ } | clients.app.role | nobody defines \"q\" | r",
                "clients.app.source = \"role:r\", roles.r { $ } | clients.app.source | nobody defines | default",
                "clients.app.not-after = tomorrow | clients.app.not-after | \"tomorrow\" | RFC 3339",
                "clients.app.not-after = \"2027-01-31T12:00:00\" | clients.app.not-after | \"2027 | RFC 3339",
                "clients.app.region = x | clients.app.region | formed like no region | us-east-1",
                "clients.app.regions = [x] | clients.app.regions | formed like no region | us-east-1",
                "clients.app.models = [] | clients.app.models | nothing is allowed | at least one rule",
                "clients.app.models = [\"a b\"] | clients.app.models | \"a b\" | globs over model ids",
                "clients.app.operations = [] | clients.app.operations | nothing is allowed | at least one rule",
                "clients.app.operations = [inferense] | clients.app.operations | no group | inference",
                "clients.app.operations = [InvokeModell] | clients.app.operations | no operation | InvokeModel",
                "clients.app.operations = [converse] | clients.app.operations | no operation | Converse",
                "clients.app.operations = [\"Convers3*\"] | clients.app.operations | \"Convers3*\" | such as Converse",
                "clients.app.operations = [\"Convrse*\"] | clients.app.operations | fits no operation | Converse",
                "clients.app.operations = [\"C0nverse!\"] | clients.app.operations | \"C0nverse!\" | such as Converse",
                "clients.app.access-keys = x | clients.app.access-keys | a text | a list",
                "clients.app.access-keys = [ x ] | clients.app.access-keys[0] | a text | an object",
                "clients.app.access-keys = [ {} ] | clients.app.access-keys[0].id | not set | 16 to 128",
                "clients.app.access-keys = [ { id = PRXY0123456789 } ]"
                        + " | clients.app.access-keys[0].id | 14 characters that are no id | secret --access-key",
                "clients.app.access-keys = [ { id = \"PRXY0123456789AB/DEF\" } ]"
                        + " | clients.app.access-keys[0].id | 20 characters that are no id | letters, digits and _",
                "clients.app.access-keys = [ { id = PRXY0123456789ABCDEF } ]"
                        + " | clients.app.access-keys[0].secret.file | not set | file or env",
                "clients.app.access-keys = [ { id = PRXY0123456789ABCDEF, secret = hunter2hunter2hunter2 } ]"
                        + " | clients.app.access-keys[0].secret | a text | an object",
                "clients.app.access-keys = [ { id = PRXY0123456789ABCDEF, secret = { sha256 = x } } ]"
                        + " | clients.app.access-keys[0].secret.sha256 | unknown key | env",
                "clients.app.access-keys = [ { id = PRXY0123456789ABCDEF, secret = { file = x, env = Y } } ]"
                        + " | clients.app.access-keys[0].secret.env | env and file | file or env",
                "clients.app.access-keys = [ { id = PRXY0123456789ABCDEF, secret = { file = /nowhere } } ]"
                        + " | clients.app.access-keys[0].secret.file | no such file | can be read",
                "clients.app.access-keys = [ { id = PRXY0123456789ABCDEF, secret = { env = NOWHERE } } ]"
                        + " | clients.app.access-keys[0].secret.env | NOWHERE is not set | a variable that holds",
                "clients.app.access-keys = [ { id = PRXY0123456789ABCDEF }, { id = PRXY0123456789ABCDEF } ]"
                        + " | clients.app.access-keys[1].id | an id of client app too | an id of its own",
                "clients { b.access-keys = [ { id = PRXY0123456789ABCDEF } ], c.access-keys = [ { id = PRXY0123456789ABCDEF } ] }"
                        + " | clients.c.access-keys[0].id | PRXY0123456789ABCDEF is an id of client b too | of its own",
                "clients.app.secrets = [] | clients.app.secrets | no secret | at least one",
                "clients.app.secrets = [x] | clients.app.secrets[0] | a text | an object",
                "clients.app.secrets = [{}] | clients.app.secrets[0].sha256 | not set | sha256, file or env",
                "clients.app.secrets = [{ text = x }] | clients.app.secrets[0].text | unknown key | env",
                "clients.app.secrets = [{ sha256 = ab }] | clients.app.secrets[0].sha256 | 2 characters | 64 hexadecimal",
                "clients.app.secrets = [{ file = /no }] | clients.app.secrets[0].file | /no: no such file | can be read",
                "clients.app.secrets = [{ env = NO }] | clients.app.secrets[0].env | NO is not set | holds the secret",
                "clients.app.secrets = [{ env = A, file = b }] | clients.app.secrets[0].env | env and file | or env",
                "clients.b.secrets = ${bedrock-proxy.clients.app.secrets}"
                        + " | clients.b.secrets | a secret of client app too | secrets of its own"
            })
    void namesWhatIsWrongWithCredentialsAndClients(String line, String key, String wrong, String expected) {
        String text =
                line.replace("$,", "role-arn = \"" + ROLE + "\",").replace("$ }", "role-arn = \"" + ROLE + "\" }");
        assertProblem("bedrock-proxy { " + text + " }", "bedrock-proxy." + key, wrong, expected);
    }

    /** The name {@code client} would do; the clients' own do not. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "session-name = \"NAME50-{client}\" | session-name | 67 characters with the name of client | at most 64",
                "source-identity = \"NAME50.{client}\" | source-identity | 67 characters | at most 64 characters",
                "session-tags { team = \"NAME50NAME50NAME50NAME50{client}{client}{client}{client}\" }"
                        + " | session-tags.\"team\" | 264 characters with the name of client | at most 256",
            })
    void namesTemplatesThatDoNotFitTheNameOfAClient(String line, String key, String wrong, String expected) {
        String role = "role-arn = \"" + ROLE + "\", " + line.replace("NAME50", "x".repeat(50));
        String client = "clients.a-long-name-0000 { role = leaf, secrets = [{ sha256 = " + "0b".repeat(32) + " }] }\n"
                + "clients.c { role = leaf, secrets = [{ sha256 = " + "0c".repeat(32) + " }] }";

        assertProblem(
                "bedrock-proxy { roles.leaf { " + role + " }\n" + client + " }",
                "bedrock-proxy.roles.leaf." + key,
                wrong,
                expected);
        assertProblem(
                "bedrock-proxy { roles.hub { " + role + " }\nroles.leaf { role-arn = \"" + ROLE
                        + "\", source = \"role:hub\" }\n" + client + " }",
                "bedrock-proxy.roles.hub." + key,
                wrong,
                expected);
    }

    @Test
    void namesAGeneratedPolicyThatStsWouldNotTake() {
        String models = IntStream.range(0, 40)
                .mapToObj(i -> "\"anthropic.claude-" + i + "-*\"")
                .collect(Collectors.joining(", ", "[", "]"));
        assertProblem(
                "bedrock-proxy { roles.r { role-arn = \"" + ROLE + "\" }, clients.app { role = r, models = " + models
                        + " } }",
                "bedrock-proxy.roles.r.session-policy",
                "characters, from clients.app.models with 40 patterns",
                "at most 2048: fewer or shorter patterns there, none, or the path of a JSON file");
        assertThatCode(() -> Configurations.config(
                        folder,
                        Configurations.MINIMAL + "bedrock-proxy { roles.r { session-policy = none, role-arn = \"" + ROLE
                                + "\" }, clients.app { role = r, models = " + models + " } }"))
                .doesNotThrowAnyException();
    }

    @Test
    void namesAPolicyFileThatStsWouldNotTake() throws IOException {
        Path file = Files.writeString(folder.resolve("policy.json"), "{\"Id\": \"" + "x".repeat(2048) + "\"}");
        assertProblem(
                "bedrock-proxy.roles.r { role-arn = \"" + ROLE + "\", session-policy = \"" + file + "\" }",
                "bedrock-proxy.roles.r.session-policy",
                "policy.json has 2058 characters",
                "at most 2048");
    }

    private void assertProblem(String addition, String key, String wrong, String expected) {
        BadConfigurationTest.assertProblem(folder, addition, key, wrong, expected);
    }
}
