package io.bedrockproxy.server.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PolicyCommandTest {
    @TempDir
    private Path folder;

    private Path file;

    @BeforeEach
    void writeConfiguration() throws IOException {
        file = Files.writeString(
                folder.resolve("proxy.conf"), """
                bedrock-proxy {
                  bedrock.region = eu-west-1
                  # Nobody listens there.
                  sts.endpoint = "http://127.0.0.1:1"
                  sources.keys { access-key-id = AKIAEXAMPLE, secret-access-key = not-a-real-one }
                  roles.prod { role-arn = "arn:aws:iam::111122223333:role/bedrock", external-id = contract-42
                               source = keys, session-policy = none }
                  clients.app { role = prod, models = ["meta.*", "*claude*"], secrets = [{ sha256 = %s }] }
                  clients.batch { role = prod, operations = [async], secrets = [{ sha256 = %s }] }
                  clients.direct { source = keys, models = ["cohere.*"], operations = [Converse]
                                   secrets = [{ sha256 = %s }] }
                }
                """.formatted("0a".repeat(32), "0b".repeat(32), "0c".repeat(32)));
    }

    private CommandRun run(String... more) {
        String[] line = new String[more.length + 3];
        line[0] = "policy";
        line[1] = "--config";
        line[2] = file.toString();
        System.arraycopy(more, 0, line, 3, more.length);
        return CommandRun.of(Map.of(), line);
    }

    @Test
    void printsAPlaceholderThatNobodyCanMissWithoutSts() {
        CommandRun run = run("--client", "app");

        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(run.out())
                .contains(
                        "\"AWS\" : \"REPLACE-WITH-THE-ARN-OF-THE-ROLE-OR-USER-THAT-THE-PROXY-RUNS-AS\"",
                        "\"sts:ExternalId\" : \"contract-42\"")
                .doesNotContain("not-a-real-one");
        assertThat(run.err())
                .contains("note: role prod: the principal of its trust policy has to be replaced")
                .contains("the connection to STS failed")
                .doesNotContain("not-a-real-one");
    }

    @Test
    void saysWhatThePoliciesCannotSay() {
        assertThat(run().err())
                .contains(
                        "note: client app: ARNs of any kind may fit *claude* in its models",
                        "note: client batch: StartAsyncInvoke writes to S3",
                        "note: role prod: session-policy is none")
                .doesNotContain("fit meta.*");
    }

    @Test
    void givesWhoeverSignsWithoutARoleTheClientsPermissions() {
        CommandRun run = run("--client", "direct");

        assertThat(run.out())
                .startsWith("# source keys: permissions policy; attach it to the role or user")
                .contains("\"bedrock:InvokeModel\"", "arn:aws:bedrock:*::foundation-model/cohere.*")
                .doesNotContain("sts:AssumeRole", "kms:Decrypt", "# role");
    }

    @Test
    void putsTheNotesIntoTheJson() {
        CommandRun run = run("--json");

        assertThat(run.exitCode()).isZero();
        assertThat(run.err()).isEmpty();
        assertThat(run.out()).startsWith("{").contains("\"notes\"", "has to be replaced");
    }

    @Test
    void namesAClientThatNobodyDefines() {
        CommandRun run = run("--client", "ap");

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.out()).isEmpty();
        assertThat(run.err().strip()).isEqualTo(file + ": --client: nobody defines \"ap\" (expected: app)");
    }

    @Test
    void tellsWhatIsWrongWithTheConfiguration() throws IOException {
        Files.writeString(file, "bedrock-proxy { bedrock.region = eu-west-1 }");

        assertThat(run().exitCode()).isEqualTo(2);
        assertThat(run().err()).contains("bedrock-proxy.clients: no client");
    }
}
