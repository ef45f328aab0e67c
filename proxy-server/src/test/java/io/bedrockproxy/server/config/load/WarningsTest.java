package io.bedrockproxy.server.config.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WarningsTest {
    private static final String ARN = "role-arn = \"arn:aws:iam::111122223333:role/a\"";
    private static final String OTHER_ARN = "role-arn = \"arn:aws:iam::444455556666:role/b\"";

    @TempDir
    Path folder;

    @Test
    void areNoneForAPlainConfiguration() throws ConfigException {
        assertThat(warnings("")).isEmpty();
    }

    @Test
    void tellOfASecretThatEveryUserCanRead() throws ConfigException, IOException {
        Path file = Files.writeString(folder.resolve("secret"), "0123456789abcdef");
        String client = "clients.b.secrets = [ { file = \"" + file + "\" } ]";
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));
        assertThat(warnings(client)).as("the group may be the proxy's own").isEmpty();
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
        assertThat(warnings(client))
                .containsExactly("bedrock-proxy.clients.b.secrets[0].file: " + file
                        + " can be read by every user of this machine (expected: mode 0400 or 0440)");
    }

    @Test
    void followTheLinkOfAMountedSecret() throws ConfigException, IOException {
        Path file = Files.writeString(folder.resolve("..data"), "0123456789abcdef");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
        Path link = Files.createSymbolicLink(folder.resolve("link"), file);
        assertThat(warnings("clients.b.secrets = [ { file = \"" + link + "\" } ]"))
                .hasSize(1);
    }

    @Test
    void tellOfARegionThatIsNewerThanThisVersion() throws ConfigException {
        assertThat(warnings("sts.fallback-regions = [eu-west-99]"))
                .containsExactly(
                        "bedrock-proxy.sts.fallback-regions: \"eu-west-99\" is no region that this version knows");
    }

    @Test
    void tellOfRegionsThatAnEndpointShutsOut() throws ConfigException {
        String regions = "clients.app.regions = [eu-west-1]";
        assertThat(warnings(regions)).isEmpty();
        assertThat(warnings(regions + "\nbedrock.endpoint = \"https://vpce.example.com\""))
                .containsExactly(
                        "bedrock-proxy.clients.app.regions: has no effect on inference: bedrock.endpoint is one"
                                + " host, of the home region");
    }

    @Test
    void tellOfSecretsThatAreOver() throws ConfigException {
        assertThat(warnings("clients.app.not-after = \"2026-11-21T12:00:00Z\""))
                .singleElement()
                .asString()
                .contains("clients.app.not-after: 2026-11-21T12:00:00Z is over");
        assertThat(warnings("clients.app.not-after = \"2026-11-21T12:00:01Z\"")).isEmpty();
    }

    @Test
    void tellOfARoleOfAnotherAccountWithoutExternalId() throws ConfigException {
        String chain = "roles { a { " + ARN + " }, b { " + OTHER_ARN + ", source = \"role:a\" } }";
        assertThat(warnings(chain)).singleElement().asString().contains("roles.b.external-id: not set", "deputy");
        assertThat(warnings(chain.replace("source", "external-id = known, source")))
                .isEmpty();
        assertThat(warnings(chain.replace("444455556666", "111122223333"))).isEmpty();
    }

    @Test
    void tellOfKeysThatHaveNoEffect() throws ConfigException {
        assertThat(warnings("bedrock { endpoint = \"https://h\", fips = true }"))
                .singleElement()
                .asString()
                .contains("bedrock.endpoint: replaces the host");
        assertThat(warnings("roles.r { " + ARN + " }, sources.s.profile = p, clients.app { role = r, source = s }"))
                .singleElement()
                .asString()
                .contains("clients.app.source: has no effect");
    }

    @Test
    void tellOfABudgetThatNoLongestBodyFitsIn() throws ConfigException {
        assertThat(warnings("limits.buffered-bodies = 1 MiB"))
                .containsExactly("bedrock-proxy.limits.buffered-bodies: only 1 MiB: a longer body is refused as"
                        + " overloaded, although request-body allows 25 MiB");
    }

    private List<String> warnings(String line) throws ConfigException {
        String text = Configurations.MINIMAL + "bedrock-proxy { " + line + " }";
        return Configurations.loaded(folder, text, Map.of()).warnings();
    }
}
