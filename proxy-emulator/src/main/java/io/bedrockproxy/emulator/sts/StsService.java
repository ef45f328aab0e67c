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
import io.bedrockproxy.emulator.recording.StsParameters;
import io.bedrockproxy.emulator.signature.SignatureVerifier;
import io.bedrockproxy.emulator.signature.Verdict;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.random.RandomGenerator;

/** The STS side: the query protocol over POST, and the outages that tests ask for. */
public final class StsService implements RequestService {
    private static final Duration SKEW = Duration.ofMinutes(20);

    private final SignatureVerifier verifier;
    private final Sessions sessions;
    private final Recorder recorder;
    private final InstantSource clock;
    private final RandomGenerator random;
    private final Outages outages;

    /**
     * @param verifier checks signatures of the service {@code sts}
     * @param sessions decides about roles and issues credentials
     * @param outages what is broken
     * @param recorder notes every call
     * @param clock the time that answers carry and signatures are checked against
     * @param random for request ids; used by several threads
     */
    public StsService(
            SignatureVerifier verifier,
            Sessions sessions,
            Outages outages,
            Recorder recorder,
            InstantSource clock,
            RandomGenerator random) {
        this.verifier = verifier;
        this.sessions = sessions;
        this.outages = outages;
        this.recorder = recorder;
        this.clock = clock;
        this.random = random;
    }

    @Override
    public Answer answer(ReceivedRequest request) {
        StsParameters parameters = new StsParameters(FormParameters.parse(request.body()));
        StsMode current = outages.mode(parameters.roleArn());
        Instant now = current == StsMode.SKEWED ? clock.instant().plus(SKEW) : clock.instant();
        Verdict verdict = verifier.verify(request, now);
        StsOutcome outcome = outcome(request, current, parameters, verdict, now);
        Verdict.Verified caller = verdict instanceof Verdict.Verified verified ? verified : null;
        recorder.stsCall(new StsCall(
                parameters,
                caller == null ? null : caller.key().accessKeyId(),
                caller == null ? null : caller.key().owner().arn(),
                caller == null ? null : caller.region(),
                outcome instanceof StsFault fault ? fault.code() : null,
                request.head().startNanos()));
        return switch (current) {
            case HANG -> new Answer.Hang(AnswerProgress.UNHEARD);
            case CUT -> new Answer.Cut(AnswerProgress.UNHEARD);
            default -> reply(parameters.action(), outcome, current, now);
        };
    }

    private StsOutcome outcome(
            ReceivedRequest request, StsMode current, StsParameters parameters, Verdict verdict, Instant now) {
        if (request.leak()) {
            recorder.leaked();
            return StsFault.validation("The request holds a secret that was to stay with the proxy");
        }
        StsFault outage = Outages.fault(current);
        if (outage != null) {
            return outage;
        }
        if (!request.head().method().equals("POST") || !request.head().path().equals("/")) {
            return new StsFault(404, "InvalidAction", "Only POST / is served");
        }
        if (parameters.action().equals("AssumeRoleWithWebIdentity")) {
            return sessions.assumeRoleWithWebIdentity(parameters, current, now); // not signed
        }
        if (verdict instanceof Verdict.Refused refused) {
            return StsFault.signature(refused);
        }
        Verdict.Verified caller = (Verdict.Verified) verdict;
        return switch (parameters.action()) {
            case "AssumeRole" -> sessions.assumeRole(parameters, caller, current, now);
            case "GetCallerIdentity" -> sessions.callerIdentity(caller.key());
            case "" -> new StsFault(400, "MissingAction", "Missing Action");
            default ->
                new StsFault(
                        400,
                        "InvalidAction",
                        "Could not find operation " + parameters.action() + " for version "
                                + Objects.requireNonNullElse(parameters.get("Version"), "NO_VERSION_SPECIFIED"));
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
                outages.delay(),
                AnswerProgress.UNHEARD);
    }
}
