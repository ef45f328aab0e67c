package io.bedrockproxy.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.bedrockproxy.emulator.Emulator;
import io.bedrockproxy.emulator.recording.RecordedRequest;
import io.bedrockproxy.emulator.recording.StsCall;
import io.bedrockproxy.emulator.sts.RoleRule;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Roles that are assumed with roles, and what of a client's name goes to STS. */
@ExtendWith(LeakCheck.class)
class RoleChainIT {
    private static final String HUB = "arn:aws:iam::111122223333:role/hub";
    private static final String LEAF = "arn:aws:iam::444455556666:role/leaf";
    private static final String OTHER = "arn:aws:iam::777788889999:role/other";

    private static final Map<String, String> SECRETS =
            Map.of("one", LocalProxy.newSecret(), "two", LocalProxy.newSecret(), "three", LocalProxy.newSecret());

    private static String trust(String principal) {
        return """
                {"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"AWS":"%s"},
                 "Action":["sts:AssumeRole","sts:TagSession","sts:SetSourceIdentity"]}]}""".formatted(principal);
    }

    @AutoClose
    private final LocalProxy proxy = LocalProxy.builder()
            .prepared(aws -> aws.roles(List.of(
                    RoleRule.of(LocalProxy.ROLE_ARN, LocalProxy.EXTERNAL_ID),
                    RoleRule.of(HUB, null).withTrustPolicy(trust(Emulator.USER_ARN)),
                    RoleRule.of(LEAF, null).withTrustPolicy(trust(HUB)),
                    RoleRule.of(OTHER, null).withTrustPolicy(trust(LEAF)))))
            .config("""
                    roles.hub { role-arn = "%s", source = emulator, session-name = the-hub
                                duration = 2h }
                    roles.leaf { role-arn = "%s", source = "role:hub", duration = 1h
                                 session-tags { team = "{client}", kind = "a {client} b" }
                                 source-identity = "proxy-{client}" }
                    roles.other { role-arn = "%s", source = "role:leaf"
                                  session-name = "other.{client}" }
                    """.formatted(HUB, LEAF, OTHER))
            .config(client("one", "leaf") + client("two", "leaf") + client("three", "other"))
            .start();

    private final Calls calls = new Calls(proxy);

    private static String client(String name, String role) {
        return "clients.%s { role = %s, secrets = [ { sha256 = %s } ] }%n"
                .formatted(name, role, LocalProxy.sha256(SECRETS.get(name)));
    }

    private RecordedRequest answered(String client) {
        HttpResponse<String> answer = calls.converse(SECRETS.get(client), Calls.MODEL);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return proxy.emulator().recorder().last();
    }

    private List<StsCall> calls(String role) {
        return proxy.emulator().recorder().stsCalls().stream()
                .filter(call -> role.equals(call.roleArn()))
                .toList();
    }

    @Test
    void assumesOneRoleWithTheOther() {
        assertThat(answered("one").session().assumedRoleArn())
                .isEqualTo("arn:aws:sts::444455556666:assumed-role/leaf/one");
        assertThat(answered("two").session().assumedRoleArn())
                .isEqualTo("arn:aws:sts::444455556666:assumed-role/leaf/two");

        assertThat(calls(HUB)).as("shared by both").singleElement().satisfies(call -> {
            assertThat(call.sessionName()).isEqualTo("the-hub");
            assertThat(call.policy())
                    .as("may assume the next role and nothing else")
                    .isEqualTo("{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Action\":"
                            + "[\"sts:AssumeRole\",\"sts:SetSourceIdentity\",\"sts:TagSession\"],\"Resource\":\"" + LEAF
                            + "\"}]}");
            assertThat(call.durationSeconds()).isEqualTo("7200");
        });
        assertThat(calls(LEAF))
                .filteredOn(call -> "one".equals(call.sessionName()))
                .singleElement()
                .satisfies(call -> {
                    assertThat(call.callerArn()).isEqualTo("arn:aws:sts::111122223333:assumed-role/hub/the-hub");
                    assertThat(call.tags()).isEqualTo(Map.of("team", "one", "kind", "a one b"));
                    assertThat(call.sourceIdentity()).isEqualTo("proxy-one");
                });
    }

    @Test
    void chainsAsLongAsItIsConfigured() {
        assertThat(answered("three").session().assumedRoleArn())
                .isEqualTo("arn:aws:sts::777788889999:assumed-role/other/other.three");
        assertThat(calls(OTHER))
                .singleElement()
                .satisfies(call ->
                        assertThat(call.callerArn()).isEqualTo("arn:aws:sts::444455556666:assumed-role/leaf/three"));
    }

    @Test
    void renewsTheRoleBeforeWhenStsCallsItExpired() {
        answered("one");
        proxy.emulator().expireIssuedCredentials();

        assertThat(calls.converse(SECRETS.get("one"), Calls.MODEL).statusCode())
                .as("the whole chain is renewed for one request")
                .isEqualTo(200);
        assertThat(calls(HUB).size()).isGreaterThan(1);
    }

    @Test
    void saysWhichRoleOfTheChainIsDenied() {
        proxy.emulator().roles(List.of(RoleRule.denied(HUB)));
        new ProxyFile(proxy).reload("roles.hub.session-name = another");

        HttpResponse<String> answer = calls.converse(SECRETS.get("one"), Calls.MODEL);
        assertThat(answer.statusCode()).isEqualTo(424);
        assertThat(answer.body()).contains(HUB, "chained from");
        assertThat(proxy.emulator().recorder().requestCount()).isZero();
    }
}
