package io.bedrockproxy.server.exchange;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.bedrockproxy.core.auth.Client;
import io.bedrockproxy.core.credentials.CredentialsConfig;
import io.bedrockproxy.core.credentials.CredentialsKey;
import io.bedrockproxy.core.credentials.CredentialsRegistry;
import io.bedrockproxy.core.credentials.SessionCredentials;
import io.bedrockproxy.core.credentials.SourceConfig;
import io.bedrockproxy.core.endpoint.Endpoint;
import io.bedrockproxy.core.http.Header;
import io.bedrockproxy.core.route.Route;
import io.bedrockproxy.core.route.RouteConfig;
import io.bedrockproxy.core.route.RouteResult;
import io.bedrockproxy.core.route.Router;
import io.bedrockproxy.core.route.Upstream;
import io.bedrockproxy.core.rule.ModelRules;
import io.bedrockproxy.core.rule.OperationRules;
import io.bedrockproxy.core.sigv4.CorrectedClock;
import io.bedrockproxy.core.sigv4.PayloadHash;
import io.bedrockproxy.core.sigv4.SigV4Signer;
import io.bedrockproxy.core.sigv4.SigningKeyCache;
import io.bedrockproxy.server.LeakCheck;
import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

@ExtendWith(LeakCheck.class)
class SignatureRefusalsTest {
    private static final Instant NOW = Instant.parse("2026-01-15T12:00:00Z");
    private static final String LATER = "Thu, 15 Jan 2026 12:10:00 GMT";
    private static final String TOKEN = "the-session-token";
    private static final SessionCredentials REFUSED =
            new SessionCredentials("ASIAREFUSED", "the-secret-access-key", TOKEN, null);

    @AutoClose
    private final CredentialsRegistry registry = CredentialsRegistry.create(
            new CredentialsConfig(List.of(), null, false, false), () -> NOW, System::nanoTime, () -> 0.5);

    private final AtomicLong nanos = new AtomicLong();
    private final CorrectedClock clock = new CorrectedClock(() -> NOW);
    private final SignatureRefusals refusals = new SignatureRefusals(clock, nanos::get);
    private final SigV4Signer signer = new SigV4Signer(new SigningKeyCache());
    private final Logger logger = (Logger) LoggerFactory.getLogger(SignatureRefusals.class);
    private final ListAppender<ILoggingEvent> appender = new ListAppender<>();

    @BeforeEach
    void listen() {
        appender.start();
        logger.setLevel(Level.WARN);
        logger.addAppender(appender);
    }

    @AfterEach
    void stopListening() {
        logger.detachAppender(appender);
        logger.setLevel(null);
    }

    @ParameterizedTest
    @CsvSource({
        "https, bedrock-runtime.us-east-1.amazonaws.com, true",
        "http, 127.0.0.1, true",
        "http, localhost, true",
        "http, ::1, true",
        "http, bedrock-runtime.us-east-1.amazonaws.com, false",
    })
    void learnsTheTimeOnlyFromWhoIsKnownForSure(String scheme, String host, boolean trusted) {
        Remedy remedy = judge(attempt(scheme, host), "RequestExpired", LATER, "{}");

        assertThat(remedy).isEqualTo(trusted ? Remedy.NEW_TIME : Remedy.NONE);
        assertThat(clock.offset()).isEqualTo(trusted ? Duration.ofMinutes(10) : Duration.ZERO);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "yesterday", "2026-01-15T12:10:00Z", "Thu, 15 Jan 2026 12:01:00 GMT"})
    void learnsNothingFromADateThatSaysNothing(String date) {
        assertThat(judge(attempt(), "InvalidSignatureException", date, "{}")).isEqualTo(Remedy.NONE);
        assertThat(clock.offset()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"AccessDeniedException", "ExpiredTokenException"})
    void learnsTheTimeFromNoOtherRefusal(String name) {
        judge(attempt(), name, LATER, "{}");

        assertThat(clock.offset()).isZero();
    }

    @Test
    void takesOtherCredentialsThanTheRefusedOnes() {
        assertThat(judge(attempt(), "ExpiredTokenException", LATER, "{}")).isEqualTo(Remedy.NEW_CREDENTIALS);
        assertThat(judge(attempt(), "UnrecognizedClientException", LATER, "{}")).isEqualTo(Remedy.NEW_CREDENTIALS);
    }

    @Test
    void doesNotRepeatWithTheSameKeys() {
        SessionCredentials same = new SessionCredentials("AKIASOURCE", "source-secret", null, null);

        assertThat(judge(attempt("http", "localhost", same), "UnrecognizedClientException", LATER, "{}"))
                .isEqualTo(Remedy.NONE);
    }

    @Test
    void saysOnceWhichLineDiffers() {
        String body = mismatch("/model/other/invoke");
        for (int i = 0; i < 3; i++) {
            assertThat(judge(attempt(), "InvalidSignatureException", "", body)).isEqualTo(Remedy.NONE);
        }

        assertThat(log())
                .singleElement()
                .asString()
                .startsWith("endpoint=localhost:1 operation=InvokeModel signature=refused")
                .contains("line 2 (path): ours 33 characters, AWS's 19 characters")
                .contains("(x-amz-security-token)")
                .doesNotContain(TOKEN, "their-token", "the-secret-access-key", "/model/other", "anthropic");
    }

    @Test
    void saysItAgainAfterAWhile() {
        judge(attempt(), "InvalidSignatureException", "", mismatch("/one"));
        nanos.set(Duration.ofMinutes(10).toNanos() - 1);
        judge(attempt(), "InvalidSignatureException", "", mismatch("/two"));
        assertThat(log()).hasSize(1);
        nanos.incrementAndGet();
        judge(attempt(), "InvalidSignatureException", "", mismatch("/three"));

        assertThat(log()).hasSize(2);
    }

    @Test
    void keepsSilentWhenAwsShowsNoCanonicalString() {
        judge(attempt(), "InvalidSignatureException", "", "{\"message\":\"The request signature does not match.\"}");

        assertThat(log()).isEmpty();
    }

    private Remedy judge(SignedAttempt attempt, String errorType, String date, String body) {
        HttpResponse head = new DefaultHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.FORBIDDEN);
        head.headers().set("x-amzn-ErrorType", errorType).set("Date", date);
        HeldResponse answer = new HeldResponse(head);
        assertThat(SignatureRefusals.isWorthHolding(head)).isEqualTo(!errorType.startsWith("AccessDenied"));
        answer.add(ByteBufAllocator.DEFAULT.buffer().writeBytes(body.getBytes(US_ASCII)));
        answer.end();
        try {
            return refusals.judge(answer, attempt, signer).toCompletableFuture().join();
        } finally {
            answer.release();
        }
    }

    private SignedAttempt attempt() {
        return attempt("http", "localhost");
    }

    private SignedAttempt attempt(String scheme, String host) {
        return attempt(scheme, host, REFUSED);
    }

    private SignedAttempt attempt(String scheme, String host, SessionCredentials credentials) {
        Endpoint endpoint = new Endpoint(scheme, host, 1, "us-east-1", "bedrock");
        Route route = ((RouteResult.Matched)
                        new Router(new RouteConfig(List.of())).route("POST", "/model/anthropic.claude-v2/invoke"))
                .route();
        ClientContext client = new ClientContext(
                registry.of(CredentialsKey.direct(new SourceConfig.Static("AKIASOURCE", "source-secret", null))),
                Map.of(Upstream.RUNTIME, endpoint),
                Map.of());
        Client caller = new Client(
                "test", List.of(), List.of(), null, new ModelRules(List.of("*")), new OperationRules(List.of("*")));
        List<Header> headers = List.of(new Header("content-type", "application/json"));
        return new SignedAttempt(
                new Admitted(caller, client, route, endpoint, headers, false, 0, false, null),
                PayloadHash.EMPTY,
                credentials,
                NOW,
                clock.offset());
    }

    private static String mismatch(String path) {
        String canonical = "POST\n" + path + "\n\ncontent-type:application/json\nhost:localhost:1\n"
                + "x-amz-content-sha256:" + PayloadHash.EMPTY.hex() + "\nx-amz-date:20260115T120000Z\n"
                + "x-amz-security-token:their-token\n\n"
                + "content-type;host;x-amz-content-sha256;x-amz-date;x-amz-security-token\n" + PayloadHash.EMPTY.hex();
        String message = "The Canonical String for this request should have been\n'" + canonical
                + "'\n\nThe String-to-Sign should have been\n''\n";
        return "{\"message\":\"" + message.replace("\n", "\\n") + "\"}";
    }

    private List<String> log() {
        return appender.list.stream().map(ILoggingEvent::getFormattedMessage).toList();
    }
}
