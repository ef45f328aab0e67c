package io.bedrockproxy.core.credentials;

import static org.assertj.core.api.Assertions.assertThat;

import io.bedrockproxy.core.endpoint.Endpoint;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.concurrent.TimeUnit;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.SocketEffect;
import mockwebserver3.junit5.StartStop;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.client.config.ClientOverrideConfiguration;
import software.amazon.awssdk.services.sts.StsClient;

class StsClientsTest {
    private static final DateTimeFormatter AMZ_DATE =
            DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);
    private static final AssumedRole ROLE =
            AssumedRole.of("arn:aws:iam::123456789012:role/bedrock", "team", "us-east-1");
    private static final Duration SHORT = Duration.ofMillis(300);

    @StartStop
    private final MockWebServer sts = new MockWebServer();

    @Test
    void giveACallAndItsOneAttemptFiveSeconds() {
        try (StsClients clients = new StsClients(null, StsClients.CALL_TIMEOUT)) {
            ClientOverrideConfiguration configured =
                    clients.at(endpoint()).get().serviceClientConfiguration().overrideConfiguration();

            assertThat(configured.apiCallTimeout()).contains(Duration.ofSeconds(5));
            assertThat(configured.apiCallAttemptTimeout()).contains(Duration.ofSeconds(5));
        }
    }

    @Test
    void givesUpOnAStsThatHangs() {
        sts.enqueue(new MockResponse.Builder()
                .onResponseStart(SocketEffect.Stall.INSTANCE)
                .build());

        assertThat(code(new StsClients(null, SHORT))).isEqualTo("timeout");
    }

    @Test
    void givesUpOnAStsThatTrickles() {
        sts.enqueue(StsAnswers.credentials("2030-01-01T00:00:00Z")
                .newBuilder()
                .throttleBody(10, 20, TimeUnit.MILLISECONDS)
                .build());

        assertThat(code(new StsClients(null, SHORT)))
                .as("each read is in time, the whole answer is not")
                .isEqualTo("timeout");
    }

    @Test
    void reportsAStsThatNobodyListensFor() {
        Endpoint nobody = new Endpoint("http", "127.0.0.1", 1, "us-east-1", "sts");
        try (StsClients clients = new StsClients(null, SHORT)) {
            assertThat(code(clients, nobody)).isEqualTo("unreachable");
        }
    }

    @Test
    void reportsAHostThatDoesNotResolve() {
        Endpoint nowhere = new Endpoint("https", "sts.us-east-1.invalid", 443, "us-east-1", "sts");
        try (StsClients clients = new StsClients(null, Duration.ofSeconds(5))) {
            assertThat(code(clients, nowhere)).isEqualTo("unknown-host");
        }
    }

    @Test
    void areNotTakenForAnAnswerOfStsWhenTheyCannotBeMade() {
        StsErrors errors = new StsErrors(ROLE.roleArn(), false, InstantSource.system());
        StaticSource keys = new StaticSource(new SourceConfig.Static("AKIASOURCE", "source-secret", null));
        AssumeRoleSource source = new AssumeRoleSource(ROLE, keys, List.of(StsClientsTest::broken), errors);

        assertThat(source.fetch(0))
                .isInstanceOfSatisfying(
                        SourceAnswer.Refused.class,
                        refused -> assertThat(refused.error().code()).isEqualTo("unexpected"));
    }

    private static StsClient broken() {
        throw new IllegalArgumentException("a profile file that the SDK cannot parse");
    }

    @Test
    void correctsASkewedClockForTheNextTry() throws InterruptedException {
        Instant serverTime = Instant.parse("2020-01-01T00:00:00Z");
        MockResponse skewed = StsAnswers.error(403, "SignatureDoesNotMatch", "Signature not yet current")
                .newBuilder()
                .addHeader("Date", DateTimeFormatter.RFC_1123_DATE_TIME.format(serverTime.atOffset(ZoneOffset.UTC)))
                .build();
        sts.enqueue(skewed);
        sts.enqueue(StsAnswers.credentials("2030-01-01T00:00:00Z"));

        try (StsClients clients = new StsClients(null, Duration.ofSeconds(5))) {
            assertThat(code(clients, endpoint())).isEqualTo("SignatureDoesNotMatch");
            assertThat(code(clients, endpoint())).isEqualTo("none");
        }

        sts.takeRequest();
        String date = sts.takeRequest().getHeaders().get("X-Amz-Date");
        assertThat(AMZ_DATE.parse(date, Instant::from))
                .isBetween(serverTime.minusSeconds(60), serverTime.plusSeconds(600));
    }

    @Test
    void doesNotRepeatACallOnItsOwnWhenAKeptAliveConnectionDies() {
        sts.enqueue(StsAnswers.credentials("2030-01-01T00:00:00Z"));
        sts.enqueue(new MockResponse.Builder()
                .onResponseStart(new SocketEffect.CloseSocket())
                .build());
        sts.enqueue(StsAnswers.credentials("2030-01-01T00:00:00Z"));

        try (StsClients clients = new StsClients(null, Duration.ofSeconds(5))) {
            assertThat(code(clients, endpoint())).isEqualTo("none");
            assertThat(code(clients, endpoint())).isEqualTo("unreachable");
            assertThat(code(clients, endpoint())).isEqualTo("none");
        }
        assertThat(sts.getRequestCount()).isEqualTo(3);
    }

    @Test
    void refusesToOpenClientsAfterItIsClosed() {
        StsClients clients = new StsClients(null, SHORT);
        clients.close();

        assertThat(code(clients, endpoint())).isEqualTo("unexpected");
        assertThat(sts.getRequestCount()).isZero();
    }

    private Endpoint endpoint() {
        return new Endpoint("http", "127.0.0.1", sts.getPort(), "us-east-1", "sts");
    }

    private String code(StsClients clients) {
        try (clients) {
            return code(clients, endpoint());
        }
    }

    private static String code(StsClients clients, Endpoint endpoint) {
        StsErrors errors = new StsErrors(ROLE.roleArn(), false, InstantSource.system());
        StaticSource base = new StaticSource(new SourceConfig.Static("AKIA", "secret", null));
        SourceAnswer answer = new AssumeRoleSource(ROLE, base, List.of(clients.at(endpoint)), errors).fetch(0);
        return answer instanceof SourceAnswer.Refused refused ? refused.error().code() : "none";
    }
}
