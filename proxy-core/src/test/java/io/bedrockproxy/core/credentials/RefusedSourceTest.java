package io.bedrockproxy.core.credentials;

import static org.assertj.core.api.Assertions.assertThat;

import io.bedrockproxy.core.endpoint.EndpointConfig;
import io.bedrockproxy.core.endpoint.Endpoints;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import mockwebserver3.MockWebServer;
import mockwebserver3.junit5.StartStop;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A source hears that AWS called what came from it expired or unknown, and nothing of other refusals. */
class RefusedSourceTest {
    private static final String ARN = "arn:aws:iam::123456789012:role/bedrock";
    private static final SessionCredentials KEYS = new SessionCredentials("ASIASOURCE", "secret", "token", null);

    @StartStop
    private final MockWebServer sts = new MockWebServer();

    private final List<SessionCredentials> told = new ArrayList<>();

    /** Gives the same keys each time. */
    private final CredentialsSource source = new CredentialsSource() {
        @Override
        public SourceAnswer fetch(int alternative) {
            return new SourceAnswer.Fetched(KEYS);
        }

        @Override
        public void refused(SessionCredentials credentials) {
            told.add(credentials);
        }
    };

    @ParameterizedTest
    @CsvSource({
        "403, ExpiredToken, true",
        "403, ExpiredTokenException, true",
        "403, InvalidClientTokenId, true",
        "403, UnrecognizedClientException, true",
        "403, AccessDenied, false",
        "403, SignatureDoesNotMatch, false",
        "500, InternalFailure, false"
    })
    void tellsTheSourceWhatStsRefused(int status, String code, boolean isTold) {
        sts.enqueue(StsAnswers.error(status, code, "because of this"));
        assume(source);

        assertThat(told).isEqualTo(isTold ? List.of(KEYS) : List.of());
    }

    @Test
    void tellsTheSourceWhatBedrockRefusedBeforeItIsAskedAgain() {
        ManualScheduler time = new ManualScheduler();
        RefreshingCredentials direct =
                new RefreshingCredentials(source, time, time, new RefreshSchedule(() -> 0.5), "source");
        direct.start();
        time.advanceMillis(100);

        direct.rejected(KEYS);

        assertThat(told).containsExactly(KEYS);
        direct.rejected(KEYS);
        assertThat(told).as("once for each time it is asked").hasSize(1);
    }

    @Test
    void assumesTheRoleWithWhatTheSourceGaveBeforeWhenItGivesNothing() {
        sts.enqueue(StsAnswers.credentials("2030-01-01T00:00:00Z"));

        SourceAnswer answer = assume(new CredentialsSource() {
            @Override
            public SourceAnswer fetch(int alternative) {
                return new SourceAnswer.Refused(SourceError.unavailable("no-source-credentials", "none", ""));
            }

            @Override
            public SessionCredentials kept() {
                return KEYS;
            }
        });

        assertThat(answer).isInstanceOf(SourceAnswer.Fetched.class);
        assertThat(sts.getRequestCount()).isEqualTo(1);
    }

    private SourceAnswer assume(CredentialsSource base) {
        AssumedRole role = new AssumedRole(
                ARN,
                null,
                "team",
                Map.of(),
                null,
                null,
                AssumedRole.DEFAULT_DURATION,
                "eu-west-1",
                sts.url("/").uri());
        try (StsClients clients = new StsClients(null, StsClients.CALL_TIMEOUT)) {
            return new AssumeRoleSource(
                            role,
                            base,
                            List.of(clients.at(new Endpoints(EndpointConfig.defaults())
                                    .sts(role.stsRegion(), role.stsEndpoint()))),
                            new StsErrors(ARN, true, InstantSource.system()))
                    .fetch(0);
        }
    }
}
