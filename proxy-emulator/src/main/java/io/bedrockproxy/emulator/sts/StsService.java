package io.bedrockproxy.emulator.sts;

import io.bedrockproxy.emulator.http.Answer;
import io.bedrockproxy.emulator.http.AnswerProgress;
import io.bedrockproxy.emulator.http.FixedBody;
import io.bedrockproxy.emulator.http.HttpField;
import io.bedrockproxy.emulator.http.ReceivedRequest;
import io.bedrockproxy.emulator.http.RequestService;
import io.bedrockproxy.emulator.http.ResponseDate;
import io.bedrockproxy.emulator.recording.Recorder;
import io.bedrockproxy.emulator.recording.StsCall;
import io.bedrockproxy.emulator.signature.SignatureVerifier;
import io.bedrockproxy.emulator.signature.Verdict;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** The STS side: the query protocol over POST, and the outages that tests ask for. */
public final class StsService implements RequestService {
    private static final Duration SKEW = Duration.ofMinutes(20);

    private final SignatureVerifier verifier;
    private final Sessions sessions;
    private final Recorder recorder;
    private final InstantSource clock;
    private final RandomGenerator random;
    private volatile StsMode mode = StsMode.OK;

    /**
     * @param verifier checks signatures of the service {@code sts}
     * @param sessions decides about roles and issues credentials
     * @param recorder notes every call
     * @param clock the time that answers carry and signatures are checked against
     * @param random for request ids; used by several threads
     */
    public StsService(
            SignatureVerifier verifier,
            Sessions sessions,
            Recorder recorder,
            InstantSource clock,
            RandomGenerator random) {
        this.verifier = verifier;
        this.sessions = sessions;
        this.recorder = recorder;
        this.clock = clock;
        this.random = random;
    }

    /** From the next call on it behaves so. */
    public void mode(StsMode next) {
        mode = next;
    }

    @Override
    public Answer answer(ReceivedRequest request) {
        StsMode current = mode;
        Instant now = current == StsMode.SKEWED ? clock.instant().plus(SKEW) : clock.instant();
        Map<String, String> parameters = FormParameters.parse(request.body());
        String action = parameters.getOrDefault("Action", "");
        Verdict verdict = verifier.verify(request, now);
        StsOutcome outcome = outcome(request, current, parameters, verdict, now);
        recorder.stsCall(new StsCall(
                action,
                parameters,
                verdict instanceof Verdict.Verified verified ? verified.key().accessKeyId() : null,
                outcome instanceof StsFault fault ? fault.code() : null,
                request.head().startNanos()));
        return switch (current) {
            case HANG -> new Answer.Hang(AnswerProgress.UNHEARD);
            case CUT -> new Answer.Cut(AnswerProgress.UNHEARD);
            default -> reply(action, outcome, current, now);
        };
    }

    private StsOutcome outcome(
            ReceivedRequest request, StsMode current, Map<String, String> parameters, Verdict verdict, Instant now) {
        if (request.leak()) {
            recorder.leaked();
            return StsFault.validation("The request holds a secret that was to stay with the proxy");
        }
        StsFault outage = outage(current);
        if (outage != null) {
            return outage;
        }
        if (!request.head().method().equals("POST") || !request.head().path().equals("/")) {
            return new StsFault(404, "InvalidAction", "Only POST / is served");
        }
        if (verdict instanceof Verdict.Refused refused) {
            return StsFault.signature(refused);
        }
        Verdict.Verified caller = (Verdict.Verified) verdict;
        return switch (parameters.getOrDefault("Action", "")) {
            case "AssumeRole" -> sessions.assumeRole(parameters, caller.key(), current, now);
            case "GetCallerIdentity" -> sessions.callerIdentity(caller.key());
            case "" -> new StsFault(400, "MissingAction", "Missing Action");
            default ->
                new StsFault(
                        400,
                        "InvalidAction",
                        "Could not find operation " + parameters.get("Action") + " for version "
                                + parameters.getOrDefault("Version", "NO_VERSION_SPECIFIED"));
        };
    }

    private static @Nullable StsFault outage(StsMode mode) {
        return switch (mode) {
            case ERROR_500 ->
                new StsFault(500, "InternalFailure", "The request processing has failed because of an unknown error");
            case THROTTLED -> new StsFault(400, "Throttling", "Rate exceeded");
            case DENIED -> new StsFault(403, "AccessDenied", "The emulator was asked to deny everything");
            case HANG, CUT -> new StsFault(500, mode.name(), "Never seen by the caller");
            default -> null;
        };
    }

    private Answer reply(String action, StsOutcome outcome, StsMode current, Instant now) {
        String requestId = new UUID(random.nextLong(), random.nextLong()).toString();
        int status = outcome instanceof StsFault fault ? fault.status() : 200;
        String xml = outcome instanceof StsOutcome.Granted granted
                ? StsXml.response(action, granted.resultXml(), requestId)
                : StsXml.error((StsFault) outcome, requestId);
        if (current == StsMode.MALFORMED) {
            xml = xml.substring(0, xml.length() / 2);
        }
        return new Answer.Reply(
                status,
                List.of(
                        ResponseDate.at(now),
                        new HttpField("x-amzn-RequestId", requestId),
                        new HttpField("Content-Type", "text/xml")),
                FixedBody.of(xml.getBytes(StandardCharsets.UTF_8)),
                Duration.ZERO,
                AnswerProgress.UNHEARD);
    }
}
