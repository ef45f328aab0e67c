package io.bedrockproxy.server.config.load;

import static org.assertj.core.api.Assertions.assertThat;

import io.bedrockproxy.server.config.hocon.Problem;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** One row for each mistake: what is added to a configuration that works, and the message an operator gets. */
class BadConfigurationTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '^',
            value = {
                "listner.port = 1 | listner | unknown key | listener",
                "listener.prot = 1 | listener.prot | unknown key | port",
                "listener.pathPrefixes = [] | listener.pathPrefixes | unknown key | path-prefixes",
                "listener.tls.cert = x | listener.tls.cert | unknown key | certificate",
                "limits.request_body = 1 MiB | limits.request_body | unknown key | request-body",
                "clients.app.modles = [] | clients.app.modles | unknown key | models",
                "roles.r.roleArn = x | roles.r.roleArn | unknown key | role-arn",
                "sources.s.secret-key = x | sources.s.secret-key | unknown key | secret-access-key",
                "listener = 5 | listener | a number | an object",
                "clients.app = text | clients | \"app\" is no object | app { ... }",
                "listener.port = 65536 | listener.port | \"65536\" | a number from 0 to 65535",
                "listener.port = many | listener.port | \"many\" | a number from 0 to 65535",
                "listener.port = null | listener.port | not set | a number from 0 to 65535",
                "listener.host = 0.0.0.0 | listener.host | in the clear | allow-remote-plaintext = true",
                "listener.host = \"\" | listener.host | no address | 127.0.0.1",
                "listener.path-prefixes = [bedrock] | listener.path-prefixes | \"bedrock\" | /bedrock",
                "listener.path-prefixes = [\"/a/../b\"] | listener.path-prefixes | \"/a/../b\" | /bedrock",
                "listener.path-prefixes = [/model] | listener.path-prefixes | a path of Bedrock's | of your own",
                "listener.path-prefixes = [/model/x] | listener.path-prefixes | a path of Bedrock's | of your own",
                "listener.path-prefixes = /x | listener.path-prefixes | a text | a list",
                "listener.secret-headers = [\"a b\"] | listener.secret-headers | \"a b\" | names of headers",
                "listener.secret-headers = [Authorization] | listener.secret-headers | \"authorization\" | nothing else",
                "listener.allow-remote-plaintext = 1 | listener.allow-remote-plaintext | \"1\" | true or false",
                "listener.unix-socket = sock | listener.unix-socket | \"sock\" | an absolute path",
                "listener.tls.private-key = null, listener.tls.client-ca = x"
                        + " | listener.tls.client-ca | x: no such file | a file that can be read",
                "admin.port = 8080 | admin.port | the listener's too | another port",
                "bedrock.region = us-moon | bedrock.region | formed like no region | us-east-1",
                "bedrock.region = aws-global | bedrock.region | formed like no region | us-east-1",
                "bedrock.region = null | bedrock.region | not set | AWS_REGION",
                "bedrock.endpoint = \"http://example.com\" | bedrock.endpoint | \"http://example.com\" | https://",
                "bedrock.endpoint = \"https://h/path\" | bedrock.endpoint | \"https://h/path\" | https://host[:port]",
                "bedrock.endpoint = \"https://u:p@h\" | bedrock.endpoint | user information | https://host[:port]",
                "bedrock.fips = yes | bedrock.fips | \"yes\" | true or false",
                "bedrock.trusted-certificates = /nowhere | bedrock.trusted-certificates | no such file | can be read",
                "bedrock.forward-headers = [X-Amz-Date] | bedrock.forward-headers | never goes upstream | other",
                "bedrock.forward-headers = [X-Api-Key] | bedrock.forward-headers | never goes upstream | other",
                "sts.fallback-regions = [mars] | sts.fallback-regions | formed like no region | us-east-1",
                "sts.endpoint = \"ftp://h\" | sts.endpoint | \"ftp://h\" | https://host[:port]",
                "limits.request-body = 25 | limits.request-body | \"25\" | a size with its unit",
                "limits.request-body = 2 GiB | limits.request-body | \"2 GiB\" | 1 KiB to 1024 MiB",
                "limits.buffered-bodies = lots | limits.buffered-bodies | \"lots\" | a size with its unit",
                "limits.connections = 0 | limits.connections | \"0\" | a number from 1 to 1000000",
                "limits.header-count = 1 | limits.header-count | \"1\" | a number from 10 to 10000",
                "timeouts.head = 15 | timeouts.head | \"15\" | a duration with its unit",
                "timeouts.head = 0s | timeouts.head | \"0s\" | 1ms to 24h",
                "timeouts.head = -1s | timeouts.head | \"-1s\" | 1ms to 24h",
                "timeouts.head = 15 lightyears | timeouts.head | \"15 lightyears\" | such as 15s or 5m",
                "timeouts.drain = 1s | timeouts.drain | 1s | no less than drain-grace, which is 5s",
                "clients = null | clients | no client | BEDROCK_PROXY_SECRET",
                "clients.\"a b\" {} | clients | the name \"a b\" | letters, digits",
                "clients.NAME.role = x | clients.NAME | a placeholder | a name of your own"
            })
    void namesFileKeyAndExpectation(String line, String key, String wrong, String expected) {
        assertProblem("bedrock-proxy { " + line + " }", "bedrock-proxy." + key, wrong, expected);
    }

    @Test
    void tellsEverythingAtOnce() {
        List<Problem> problems =
                Configurations.problems(folder, "bedrock-proxy { listener.port = x, timeouts.head = 1 }", Map.of());
        assertThat(problems)
                .extracting(Problem::key)
                .containsExactly(
                        "bedrock-proxy.listener.port",
                        "bedrock-proxy.bedrock.region",
                        "bedrock-proxy.clients",
                        "bedrock-proxy.timeouts.head");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "bedrock-prxy { } | bedrock-prxy | unknown key | bedrock-proxy",
                "bedrock-proxy = 5 | bedrock-proxy | not an object | bedrock-proxy",
                "bedrock-proxy { | syntax | end of file | HOCON",
                "bedrock-proxy.bedrock.region = ${NOT_SET} | ${...} | NOT_SET | ${?...}"
            })
    void namesAFileThatIsNoConfigurationAtAll(String text, String key, String wrong, String expected) {
        assertThat(Configurations.problems(folder, text, Map.of()))
                .singleElement()
                .satisfies(problem -> {
                    assertThat(problem.file())
                            .startsWith(folder.resolve("proxy.conf").toString());
                    assertThat(problem.key()).isEqualTo(key);
                    assertThat(problem.wrong()).contains(wrong);
                    assertThat(problem.expected()).contains(expected);
                });
    }

    private void assertProblem(String addition, String key, String wrong, String expected) {
        assertProblem(folder, addition, key, wrong, expected);
    }

    /** That a configuration which works, with this addition, is refused for this reason. */
    static void assertProblem(Path folder, String addition, String key, String wrong, String expected) {
        List<Problem> problems = Configurations.problems(folder, Configurations.MINIMAL + addition, Map.of());
        String file = folder.resolve("proxy.conf").toString();
        assertThat(problems).anySatisfy(problem -> {
            assertThat(problem.file()).startsWith(file);
            assertThat(problem.key()).isEqualTo(key);
            assertThat(problem.wrong()).contains(wrong);
            assertThat(problem.expected()).contains(expected);
        });
    }
}
