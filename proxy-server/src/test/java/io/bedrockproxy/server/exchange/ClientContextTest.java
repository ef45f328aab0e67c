package io.bedrockproxy.server.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import io.bedrockproxy.core.auth.AuthConfig;
import io.bedrockproxy.core.auth.Authenticator;
import io.bedrockproxy.core.auth.Client;
import io.bedrockproxy.core.auth.SecretDigest;
import io.bedrockproxy.core.body.BodyModel;
import io.bedrockproxy.core.credentials.CredentialsConfig;
import io.bedrockproxy.core.credentials.CredentialsKey;
import io.bedrockproxy.core.credentials.CredentialsRegistry;
import io.bedrockproxy.core.credentials.SourceConfig;
import io.bedrockproxy.core.endpoint.Endpoint;
import io.bedrockproxy.core.failure.FailureKind;
import io.bedrockproxy.core.header.HeaderConfig;
import io.bedrockproxy.core.header.RequestHeaderPolicy;
import io.bedrockproxy.core.route.RouteConfig;
import io.bedrockproxy.core.route.Router;
import io.bedrockproxy.core.route.Upstream;
import io.bedrockproxy.core.rule.ModelRules;
import io.bedrockproxy.core.rule.OperationRules;
import io.bedrockproxy.core.telemetry.ExchangeRecord;
import io.bedrockproxy.server.LocalProxy;
import io.netty.handler.codec.http.DefaultHttpRequest;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpVersion;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which endpoint a request with an ARN goes to, and what signs it: by its path, and by its body. */
class ClientContextTest {
    private static final Instant NOW = Instant.parse("2026-11-28T12:00:00Z");
    private static final String WEST_MODEL = "arn:aws:bedrock:eu-west-1::foundation-model/amazon.nova-lite-v1:0";

    @AutoClose
    private final CredentialsRegistry registry = CredentialsRegistry.create(
            new CredentialsConfig(List.of(), null, false, false), () -> NOW, System::nanoTime, () -> 0.5);

    private final String secret = LocalProxy.newSecret();
    private final ExchangeRecord record = new ExchangeRecord(() -> NOW, System::nanoTime);
    private final Admission admission = admission();

    private Admission admission() {
        ClientContext context = new ClientContext(
                registry.of(CredentialsKey.direct(new SourceConfig.Static("AKIASOURCE", "source-secret", null))),
                Map.of(
                        Upstream.RUNTIME, endpoint("bedrock-runtime", "us-east-1"),
                        Upstream.CONTROL_PLANE, endpoint("bedrock", "us-east-1"),
                        Upstream.MANTLE, endpoint("bedrock-mantle", "us-east-1")),
                Map.of("eu-west-1", Map.of(Upstream.RUNTIME, endpoint("bedrock-runtime", "eu-west-1"))));
        Client client = new Client(
                "test",
                List.of(SecretDigest.ofSha256(HexFormat.of().parseHex(LocalProxy.sha256(secret)))),
                List.of(),
                null,
                new ModelRules(List.of("amazon.*")),
                new OperationRules(List.of("*")));
        List<String> secretHeaders = List.of("x-api-key");
        return new Admission(
                new Authenticator(new AuthConfig(secretHeaders), List.of(client), new SecureRandom()),
                new Router(new RouteConfig(List.of())),
                new RequestHeaderPolicy(new HeaderConfig(List.of(), secretHeaders)),
                Map.of("test", context));
    }

    private static Endpoint endpoint(String prefix, String region) {
        return new Endpoint("https", prefix + '.' + region + ".example.com", 443, region, "bedrock");
    }

    private Admission.Verdict admit(String method, String target) {
        HttpRequest head = new DefaultHttpRequest(HttpVersion.HTTP_1_1, HttpMethod.valueOf(method), target);
        head.headers().set("authorization", "Bearer " + secret);
        return admission.admit(head, record, InstantSource.fixed(NOW));
    }

    private Admitted admitted(String method, String target) {
        Admission.Verdict verdict = admit(method, target);
        assertThat(verdict).as(target).isInstanceOf(Admitted.class);
        return (Admitted) verdict;
    }

    @ParameterizedTest
    @CsvSource({
        "POST, /model/amazon.nova-lite-v1:0/invoke, us-east-1",
        "POST, /model/arn:aws:bedrock:us-east-1::foundation-model/amazon.nova-lite-v1:0/invoke, us-east-1",
        "POST, /model/arn:aws:bedrock:::foundation-model/amazon.nova-lite-v1:0/invoke, us-east-1",
        "POST, /model/" + WEST_MODEL + "/invoke, eu-west-1",
        "POST, /guardrail/arn:aws:bedrock:eu-west-1:1:guardrail/g/version/1/apply, eu-west-1",
        "GET, /async-invoke/arn:aws:bedrock:eu-west-1:1:async-invoke/a, eu-west-1",
        "GET, /foundation-models, us-east-1",
    })
    void anArnInThePathLeadsToItsRegion(String method, String target, String region) {
        Endpoint endpoint = admitted(method, target).endpoint();
        assertThat(endpoint.signingRegion()).isEqualTo(region);
        assertThat(endpoint.host()).contains(region);
    }

    @Test
    void anArnInTheBodyLeadsToItsRegion() {
        for (String target : List.of("/openai/v1/responses", "/v1/messages", "/async-invoke")) {
            Admitted head = admitted("POST", target);
            assertThat(head.endpoint().signingRegion()).isEqualTo("us-east-1");
            Admission.Verdict verdict = Admission.admitModel(head, new BodyModel.Named(WEST_MODEL), record);
            assertThat(((Admitted) verdict).endpoint()).isEqualTo(endpoint("bedrock-runtime", "eu-west-1"));
        }
    }

    @Test
    void aRegionHasOnlyTheEndpointsThatAreKnownThere() {
        Admission.Refused discovery = (Admission.Refused) admit("GET", "/foundation-models/" + WEST_MODEL);
        assertThat(discovery.failure().kind()).isEqualTo(FailureKind.WRONG_REGION);
        assertThat(discovery.failure().message()).endsWith("(expected: us-east-1).");
        Admission.Verdict mantle =
                Admission.admitModel(admitted("POST", "/mantle/v1/responses"), new BodyModel.Named(WEST_MODEL), record);
        assertThat(((Admission.Refused) mantle).failure().kind()).isEqualTo(FailureKind.WRONG_REGION);
        Admission.Refused elsewhere =
                (Admission.Refused) admit("POST", "/model/" + WEST_MODEL.replace("eu-west-1", "eu-west-2") + "/invoke");
        assertThat(elsewhere.failure().message()).endsWith("(expected: eu-west-1, us-east-1).");
    }

    @Test
    void aModelThatIsNotAllowedIsSaidBeforeItsRegion() {
        Admission.Refused refused = (Admission.Refused)
                admit("POST", "/model/arn:aws:bedrock:eu-west-2::foundation-model/anthropic.claude-v2/invoke");
        assertThat(refused.failure().kind()).isEqualTo(FailureKind.FORBIDDEN_MODEL);
    }

    @Test
    void aSecretInAQueryThatWouldGoUpstreamIsRefused() {
        Admission.Refused refused = (Admission.Refused) admit("GET", "/inference-profiles?nextToken=" + secret);
        assertThat(refused.failure().kind()).isEqualTo(FailureKind.BAD_REQUEST);
        assertThat(refused.failure().message()).doesNotContain(secret);
    }
}
