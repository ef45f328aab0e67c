package io.bedrockproxy.server.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.bedrockproxy.emulator.Emulator;
import io.bedrockproxy.emulator.recording.StsCall;
import io.bedrockproxy.emulator.sts.RoleRule;
import io.bedrockproxy.server.LocalProxy;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** What {@code policy} prints, given to an IAM that enforces it: with it the proxy works, and no further. */
class PolicyCommandIT {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String CUSTOMER = "arn:aws:iam::444455556666:role/customer";
    private static final String HUB = "arn:aws:iam::111122223333:role/path/hub";
    private static final String LEAF = "arn:aws:iam::777788889999:role/leaf";
    private static final String CLAUDE = "us.anthropic.claude-3-haiku-20240307-v1:0";
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final String SECRET = LocalProxy.newSecret();
    private static final String CHAINED = LocalProxy.newSecret();

    @AutoClose
    private final LocalProxy proxy = LocalProxy.builder()
            .prepared(aws -> aws.roles(Stream.of(LocalProxy.ROLE_ARN, CUSTOMER, HUB, LEAF)
                    .map(RoleRule::denied)
                    .toList()))
            .config("""
                    roles.customer { role-arn = "%s", external-id = customer-42, source = emulator
                                     session-tags { team = "{client}" }, source-identity = "{client}" }
                    roles.hub { role-arn = "%s", source = emulator }
                    roles.leaf { role-arn = "%s", source = "role:hub" }
                    clients.app { role = customer, models = ["us.anthropic.*", "amazon.nova-*"]
                                  secrets = [ { sha256 = %s } ] }
                    clients.chained { role = leaf, models = ["anthropic.*"], operations = [Converse]
                                      secrets = [ { sha256 = %s } ] }
                    """.formatted(CUSTOMER, HUB, LEAF, LocalProxy.sha256(SECRET), LocalProxy.sha256(CHAINED)))
            .start();

    private CommandRun run(String... more) {
        List<String> line = new ArrayList<>(List.of(
                "policy", "--config", proxy.folder().resolve("proxy.conf").toString()));
        line.addAll(List.of(more));
        return CommandRun.of(Map.of(), line.toArray(String[]::new));
    }

    private JsonNode documents(String... more) {
        List<String> all = new ArrayList<>(List.of(more));
        all.add("--json");
        CommandRun run = run(all.toArray(String[]::new));
        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(run.err()).isEmpty();
        return tree(run.out());
    }

    private static JsonNode tree(String json) {
        try {
            return JSON.readTree(json);
        } catch (JsonProcessingException e) {
            throw new AssertionError(json, e);
        }
    }

    private static JsonNode policy(JsonNode documents, String subject, String kind) {
        for (JsonNode document : documents.path("documents")) {
            if (document.path("subject").asText().startsWith(subject)
                    && document.path("kind").asText().equals(kind)) {
                return document.path("policy");
            }
        }
        throw new AssertionError("no " + kind + " policy of " + subject + " in " + documents);
    }

    private static RoleRule role(JsonNode documents, String name, String arn) {
        return RoleRule.of(arn, null)
                .withTrustPolicy(policy(documents, "role " + name, "trust").toString())
                .withPermissionsPolicy(
                        policy(documents, "role " + name, "permissions").toString());
    }

    @Test
    void theRolesWorkWithWhatIsPrintedAndNoFurther() {
        JsonNode documents = documents();
        assertThat(policy(documents, "role customer", "trust").toString()).contains(Emulator.USER_ARN, "customer-42");
        proxy.emulator()
                .roles(List.of(
                        role(documents, "customer", CUSTOMER),
                        role(documents, "hub", HUB),
                        role(documents, "leaf", LEAF)));

        awaitAnswer(SECRET, CLAUDE, 200);
        // One role after the other.
        awaitAnswer(CHAINED, "eu.anthropic.claude-3-haiku-20240307-v1:0", 200);
        StsCall assumed = assumed(CUSTOMER);
        assertThat(assumed.tags()).containsEntry("team", "app");
        assertThat(assumed.sourceIdentity()).isEqualTo("app");
    }

    @Test
    void anotherExternalIdIsDenied() {
        JsonNode documents = documents();
        String trust = policy(documents, "role customer", "trust").toString();
        proxy.emulator().roles(List.of(RoleRule.of(CUSTOMER, null).withTrustPolicy(trust)));
        awaitAnswer(SECRET, CLAUDE, 200);

        proxy.emulator()
                .roles(List.of(
                        RoleRule.of(CUSTOMER, null).withTrustPolicy(trust.replace("customer-42", "customer-43"))));
        proxy.emulator().expireIssuedCredentials();

        // AWS's own refusal of the expired ones first, as STS gives no others; then the proxy has none.
        awaitDenied();
    }

    private void awaitDenied() {
        await().atMost(LIMIT).untilAsserted(() -> {
            assertThat(answer(SECRET, CLAUDE)).isNotEqualTo(200);
            assertThat(proxy.emulator().recorder().stsCalls())
                    .filteredOn(call -> CUSTOMER.equals(call.roleArn()))
                    .last()
                    .satisfies(call -> {
                        assertThat(call.externalId()).isEqualTo("customer-42");
                        assertThat(call.errorCode()).isEqualTo("AccessDenied");
                    });
        });
    }

    /** The proxy asks STS again for a role that was denied, but not at once. */
    private void awaitAnswer(String secret, String model, int status) {
        await().atMost(LIMIT)
                .untilAsserted(() -> assertThat(answer(secret, model)).isEqualTo(status));
    }

    @Test
    void stsGetsTheSessionPolicyThatIsPrinted() {
        JsonNode documents = documents();
        proxy.emulator()
                .roles(Stream.of(CUSTOMER, HUB, LEAF)
                        .map(arn -> RoleRule.of(arn, null))
                        .toList());
        awaitAnswer(SECRET, CLAUDE, 200);
        awaitAnswer(CHAINED, "anthropic.claude-3-haiku-20240307-v1:0", 200);

        assertThat(policy(documents, "session app of role customer", "session"))
                .isEqualTo(tree(String.valueOf(assumed(CUSTOMER).policy())));
        assertThat(policy(documents, "session chained of role leaf", "session"))
                .isEqualTo(tree(String.valueOf(assumed(LEAF).policy())));
        assertThat(policy(documents, "session chained of role hub", "session"))
                .isEqualTo(tree(String.valueOf(assumed(HUB).policy())));
    }

    @Test
    void ofOneClientOnly() {
        JsonNode documents = documents("--client", "chained");

        assertThat(documents.findValuesAsText("subject"))
                .containsExactlyInAnyOrder(
                        "role hub",
                        "role hub",
                        "role leaf",
                        "role leaf",
                        "source emulator",
                        "session chained of role leaf for client chained",
                        "session chained of role hub for client chained");
        assertThat(policy(documents, "role leaf", "trust").toString())
                .as("the role before, with its path")
                .contains("\"AWS\":\"" + HUB + "\"");
        assertThat(policy(documents, "source emulator", "permissions").toString())
                .contains(HUB)
                .doesNotContain(LEAF, "bedrock:");
    }

    @Test
    void asTextEachUnderALineThatSaysWhereItGoes() {
        CommandRun run = run("--client", "app");

        assertThat(run.exitCode()).isZero();
        assertThat(run.err()).isEmpty();
        assertThat(run.out().lines().filter(line -> line.startsWith("#")))
                .containsExactly(
                        "# role customer (" + CUSTOMER + "): permissions policy; attach it to the role",
                        "# role customer (" + CUSTOMER + "): trust policy; make it the role's trust relationship",
                        "# source emulator (" + Emulator.USER_ARN
                                + "): permissions policy; attach it to the role or user whose credentials these are",
                        "# session app of role customer for client app (" + CUSTOMER
                                + "): session policy; nothing to do: the proxy sends it when it assumes the role");
        Stream.of(run.out().split("(?m)^#.*$"))
                .filter(text -> !text.isBlank())
                .forEach(text -> assertThat(tree(text).path("Version").asText()).isEqualTo("2012-10-17"));
        assertThat(run.out()).doesNotContain(Emulator.SECRET_ACCESS_KEY);
    }

    private StsCall assumed(String role) {
        return proxy.emulator().recorder().stsCalls().stream()
                .filter(call -> role.equals(call.roleArn()) && call.errorCode() == null)
                .findFirst()
                .orElseThrow();
    }

    private int answer(String secret, String model) {
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create(proxy.endpoint() + "/model/" + model.replace(":", "%3A") + "/converse"))
                .timeout(Duration.ofSeconds(30))
                .header("Authorization", "Bearer " + secret)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString("{\"messages\":[{\"role\":\"user\",\"content\":[{\"text\":\"Hi\"}]}]}"))
                .build();
        try {
            HttpResponse<String> answer = HttpClient.newBuilder()
                    .version(HttpClient.Version.HTTP_1_1)
                    .build()
                    .send(request, BodyHandlers.ofString());
            return answer.statusCode();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
