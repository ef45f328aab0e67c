package io.bedrockproxy.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.bedrockproxy.emulator.recording.RecordedRequest;
import io.bedrockproxy.emulator.signature.RoleSession;
import io.bedrockproxy.emulator.sts.RoleRule;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each client has its own secrets, role and rules, and never another's. */
@ExtendWith(LeakCheck.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SeveralClientsIT {
    private static final String ALPHA = "arn:aws:iam::000000000000:role/alpha";
    private static final String BETA = "arn:aws:iam::000000000000:role/beta";
    private static final String ALPHA_MODEL = "amazon.nova-lite-v1:0";
    private static final String BETA_MODEL = "amazon.nova-pro-v1:0";
    private static final String GAMMA_MODEL = "amazon.nova-micro-v1:0";
    private static final Map<String, RoleSession> OWNERS = Map.of(
            ALPHA_MODEL, new RoleSession(ALPHA, "alpha"),
            GAMMA_MODEL, new RoleSession(ALPHA, "gamma"),
            BETA_MODEL, new RoleSession(BETA, "beta-at-night"));
    private static final int REQUESTS = 10_000;
    private static final int AT_ONCE = 32;

    private static final Instant START = InstantSource.system().instant();
    private static final Instant NOT_AFTER = START.plus(60, ChronoUnit.SECONDS);

    private final AtomicReference<Duration> ahead = new AtomicReference<>(Duration.ZERO);
    private final Map<String, String> secrets = Map.of(
            "alpha-old", LocalProxy.newSecret(),
            "alpha-new", LocalProxy.newSecret(),
            "beta", LocalProxy.newSecret(),
            "gamma", LocalProxy.newSecret(),
            "leaving", LocalProxy.newSecret());

    @AutoClose
    private LocalProxy proxy;

    private Calls calls;

    @BeforeAll
    void start() {
        InstantSource system = InstantSource.system();
        proxy = LocalProxy.builder()
                .emulator(e -> e.withRecorded(REQUESTS))
                .prepared(emulator -> {
                    emulator.roles(List.of(
                            RoleRule.of(LocalProxy.ROLE_ARN, LocalProxy.EXTERNAL_ID),
                            RoleRule.of(ALPHA, "alpha-id"),
                            RoleRule.of(BETA, "beta-id")));
                    secrets.values().forEach(emulator::forbidSecret);
                })
                .clock(() -> system.instant().plus(ahead.get()))
                .config("""
                        roles.alpha { role-arn = "%s", external-id = alpha-id, source = emulator }
                        roles.beta { role-arn = "%s", external-id = beta-id, source = emulator
                                     session-name = beta-at-night }
                        clients.alpha { role = alpha, secrets = [ { sha256 = %s }, { sha256 = %s } ] }
                        clients.beta { role = beta, secrets = [ { sha256 = %s } ]
                                       models = ["amazon.nova-*"], operations = [Converse] }
                        clients.gamma { role = alpha, secrets = [ { sha256 = %s } ] }
                        clients.leaving { role = test, secrets = [ { sha256 = %s } ], not-after = "%s" }
                        """.formatted(
                                ALPHA,
                                BETA,
                                sha256("alpha-old"),
                                sha256("alpha-new"),
                                sha256("beta"),
                                sha256("gamma"),
                                sha256("leaving"),
                                NOT_AFTER))
                .start();
        calls = new Calls(proxy);
    }

    @BeforeEach
    void forget() {
        proxy.emulator().recorder().clear();
    }

    @Test
    void everyRequestIsSignedWithItsOwnClientsRoleAndSession() throws Exception {
        List<String> names = List.of("beta", "alpha-old", "gamma", "alpha-new");
        List<String> models = List.of(BETA_MODEL, ALPHA_MODEL, GAMMA_MODEL, ALPHA_MODEL);
        List<Callable<Integer>> work = new ArrayList<>();
        for (int i = 0; i < REQUESTS; i++) {
            String secret = secrets.get(names.get(i % 4));
            String model = models.get(i % 4);
            work.add(() -> calls.converse(secret, model).statusCode());
        }
        ExecutorService threads = Executors.newFixedThreadPool(AT_ONCE);
        try {
            for (Future<Integer> status : threads.invokeAll(work)) {
                assertThat(status.get()).isEqualTo(200);
            }
        } finally {
            threads.shutdownNow();
        }
        List<RecordedRequest> arrived = proxy.emulator().recorder().requests();
        assertThat(arrived)
                .hasSize(REQUESTS)
                .allSatisfy(request ->
                        assertThat(request.session()).as("%s", request).isEqualTo(OWNERS.get(request.modelId())));
        OWNERS.keySet()
                .forEach(model -> assertThat(arrived)
                        .filteredOn(request -> model.equals(request.modelId()))
                        .hasSize(model.equals(ALPHA_MODEL) ? REQUESTS / 2 : REQUESTS / 4));
        assertThat(proxy.emulator().recorder().leakCount()).isZero();
    }

    @ParameterizedTest
    @CsvSource({
        "amazon.nova-lite-v1:0, converse, 200,",
        "us.amazon.nova-lite-v1:0, converse, 200,",
        "anthropic.claude-3-haiku-20240307-v1:0, converse, 403, forbidden-model",
        "us.anthropic.claude-3-haiku-20240307-v1:0, converse, 403, forbidden-model",
        "Amazon.nova-lite-v1:0, converse, 403, forbidden-model",
        "amazon.nova-lite-v1:0, converse-stream, 403, forbidden-operation",
        "amazon.nova-lite-v1:0, invoke, 403, forbidden-operation",
    })
    void rulesAreTheClientsOwn(String model, String operation, int status, String kind) {
        HttpResponse<String> answer = calls.send(
                calls.request(secrets.get("beta"), model, operation, "Hello").build());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        assertThat(answer.headers().firstValue("x-bedrock-proxy-failure").orElse(null))
                .isEqualTo(kind);
        assertThat(proxy.emulator().recorder().requestCount()).isEqualTo(status == 200 ? 1 : 0);
        if (status != 200) {
            assertThat(answer.headers().firstValue("x-amzn-errortype")).contains("AccessDeniedException");
            assertThat(answer.body()).matches("\\{\"message\":\"The client may not use the (model|operation) .*\"}");
        }
    }

    @Test
    void secretsStopWorkingWhenTheirClientIsOver() {
        assertThat(calls.converse(secrets.get("leaving"), Calls.MODEL).statusCode())
                .isEqualTo(200);
        ahead.set(Duration.ofSeconds(61));
        try {
            HttpResponse<String> answer = calls.converse(secrets.get("leaving"), Calls.MODEL);
            assertThat(answer.statusCode()).isEqualTo(401);
            assertThat(answer.headers().firstValue("x-bedrock-proxy-failure")).contains("unauthenticated");
            assertThat(answer.headers().firstValue("www-authenticate")).contains("Bearer");
            assertThat(answer.body())
                    .as("nothing tells an expired secret from a wrong one")
                    .isEqualTo(
                            calls.converse(LocalProxy.newSecret(), Calls.MODEL).body());
            assertThat(calls.converse().statusCode()).as("another client").isEqualTo(200);
            assertThat(proxy.emulator().recorder().requestCount()).isEqualTo(2);
        } finally {
            ahead.set(Duration.ZERO);
        }
    }

    private String sha256(String name) {
        return LocalProxy.sha256(secrets.get(name));
    }
}
