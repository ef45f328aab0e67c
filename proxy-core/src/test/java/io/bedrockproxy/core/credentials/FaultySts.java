package io.bedrockproxy.core.credentials;

import io.bedrockproxy.core.endpoint.Endpoint;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import mockwebserver3.SocketEffect;
import org.jspecify.annotations.Nullable;

/**
 * An STS behind a real socket that has one fault at a time, and the source of a role that asks it. Credentials live by the
 * clock of a {@link Rig}; what is signed, and so what a skewed clock means, goes by the real one.
 */
final class FaultySts extends Dispatcher implements AutoCloseable {
    private static final DateTimeFormatter AMZ_DATE =
            DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);
    private static final AssumedRole ROLE =
            AssumedRole.of("arn:aws:iam::123456789012:role/bedrock", "team", "us-east-1");
    private static final Duration SKEW = Duration.ofMinutes(20);
    /** What STS takes. */
    private static final Duration WINDOW = Duration.ofMinutes(15);

    private static final InstantSource SYSTEM = InstantSource.system();

    private final StsClients clients = new StsClients(null, StsClients.CALL_TIMEOUT);
    /** For an STS that never answers: the rig's clock plays the five seconds. */
    private final StsClients impatient = new StsClients(null, Duration.ofMillis(50));

    private final CredentialsSource patientSource;
    private final CredentialsSource impatientSource;
    private final Duration life;
    private volatile @Nullable Fault fault;
    private volatile Instant rigTime = ManualScheduler.START;

    /** A way in which STS fails, as a row of the table in docs/CREDENTIALS.md. */
    enum Fault {
        ANSWERS_500("answers 500 or 503"),
        THROTTLES("throttles (`Throttling`)"),
        DENIES("denies (`AccessDenied`)"),
        HANGS("takes the call and never answers"),
        CUTS("closes the connection"),
        MALFORMED("answers XML that ends in the middle"),
        EXPIRED("gives credentials that have expired"),
        NEARLY_EXPIRED("gives credentials that live 2 s longer"),
        SKEWED("refuses signatures: this machine's clock is 20 min behind");

        final String words;

        Fault(String words) {
            this.words = words;
        }
    }

    /** Answers at {@code server}, which is started already. */
    FaultySts(MockWebServer server, Duration life) {
        this.life = life;
        server.setDispatcher(this);
        Endpoint endpoint = new Endpoint("http", "127.0.0.1", server.getPort(), "us-east-1", "sts");
        patientSource = source(clients, endpoint);
        impatientSource = source(impatient, endpoint);
    }

    private static CredentialsSource source(StsClients sts, Endpoint endpoint) {
        StaticSource keys = new StaticSource(new SourceConfig.Static("AKIASOURCE", "source-secret", null));
        StsErrors errors = new StsErrors(ROLE.roleArn(), false, SYSTEM);
        return new AssumeRoleSource(ROLE, keys, List.of(sts.at(endpoint)), errors);
    }

    /** From now on {@code rig} asks this STS. */
    void serve(Rig rig) {
        rig.answer(alternative -> {
            rigTime = rig.time.instant();
            return (fault == Fault.HANGS ? impatientSource : patientSource).fetch(alternative);
        });
    }

    /** From the rig's next call on, STS has this fault; null: none. */
    void strike(Rig rig, @Nullable Fault struck) {
        rig.time.workTakes = struck == Fault.HANGS ? StsClients.CALL_TIMEOUT : Duration.ofMillis(100);
        fault = struck;
    }

    /** On a connection that is kept, this server's two writes wait for each other's acknowledgement, 40 ms each time. */
    @Override
    public MockResponse dispatch(RecordedRequest request) {
        Fault now = fault;
        MockResponse answer = now == null ? credentials(life) : answer(now, request);
        return answer.newBuilder().addHeader("Connection", "close").build();
    }

    private MockResponse answer(Fault now, RecordedRequest request) {
        return switch (now) {
            case ANSWERS_500 -> StsAnswers.error(500, "InternalFailure", "An unknown error");
            case THROTTLES -> StsAnswers.error(400, "Throttling", "Rate exceeded");
            case DENIES -> StsAnswers.error(403, "AccessDenied", "Not authorized to perform: sts:AssumeRole");
            case HANGS ->
                new MockResponse.Builder()
                        .onResponseStart(SocketEffect.Stall.INSTANCE)
                        .build();
            case CUTS ->
                new MockResponse.Builder()
                        .onResponseStart(new SocketEffect.CloseSocket())
                        .build();
            case MALFORMED -> StsAnswers.xml(200, "<AssumeRoleResponse><AssumeRoleResult><Credentials><AccessKeyId>A");
            case EXPIRED -> credentials(Duration.ofMinutes(-1));
            case NEARLY_EXPIRED -> credentials(Duration.ofSeconds(2));
            case SKEWED -> skewed(request);
        };
    }

    private MockResponse credentials(Duration left) {
        return StsAnswers.credentials(
                rigTime.plus(left).truncatedTo(ChronoUnit.SECONDS).toString());
    }

    /** As STS: a signature of another time is refused, and the Date header shows what time it is. */
    private MockResponse skewed(RecordedRequest request) {
        Instant serverTime = SYSTEM.instant().plus(SKEW);
        Instant signedAt =
                AMZ_DATE.parse(Objects.requireNonNull(request.getHeaders().get("X-Amz-Date")), Instant::from);
        MockResponse answer = Duration.between(signedAt, serverTime).abs().compareTo(WINDOW) > 0
                ? StsAnswers.error(403, "SignatureDoesNotMatch", "Signature expired")
                : credentials(life);
        return answer.newBuilder()
                .addHeader("Date", DateTimeFormatter.RFC_1123_DATE_TIME.format(serverTime.atOffset(ZoneOffset.UTC)))
                .build();
    }

    @Override
    public void close() {
        clients.close();
        impatient.close();
        super.close();
    }
}
