package io.bedrockproxy.emulator.bedrock;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.bedrockproxy.emulator.http.Answer;
import io.bedrockproxy.emulator.http.HttpField;
import io.bedrockproxy.emulator.http.ReceivedRequest;
import io.bedrockproxy.emulator.http.RequestHead;
import io.bedrockproxy.emulator.http.RequestService;
import io.bedrockproxy.emulator.http.ResponseDate;
import io.bedrockproxy.emulator.iam.PolicyDocument;
import io.bedrockproxy.emulator.recording.RecordedRequest;
import io.bedrockproxy.emulator.recording.Recorder;
import io.bedrockproxy.emulator.signature.SignatureVerifier;
import io.bedrockproxy.emulator.signature.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** The Bedrock side: finds the operation, checks the signature, records the request, answers. */
public final class BedrockService implements RequestService {
    private final SignatureVerifier verifier;
    private final AccessCheck access;
    private final Refusals refusals;
    private final Recorder recorder;
    private final InstantSource clock;
    private final RandomGenerator random;
    private final List<Operation> operations;

    /**
     * @param verifier checks signatures of the service {@code bedrock}
     * @param permissions the permissions policy of a role; null: its sessions may do everything
     * @param refusals errors that requests are answered with out of turn
     * @param recorder notes every request
     * @param clock the time that answers carry and signatures are checked against
     * @param pace between the events of an ordinary stream
     * @param random for padding and request ids; used by several threads
     */
    public BedrockService(
            SignatureVerifier verifier,
            Function<String, @Nullable PolicyDocument> permissions,
            Refusals refusals,
            Recorder recorder,
            InstantSource clock,
            Duration pace,
            RandomGenerator random) {
        this.verifier = verifier;
        this.access = new AccessCheck(permissions);
        this.refusals = refusals;
        this.recorder = recorder;
        this.clock = clock;
        this.random = random;
        this.operations = Operations.all(clock, pace, random);
    }

    @Override
    public Answer answer(ReceivedRequest request) {
        RequestHead head = request.head();
        Instant now = clock.instant();
        Operation operation = null;
        Map<String, String> variables = Map.of();
        for (Operation row : operations) {
            Map<String, String> match = row.match(head.method(), head.path());
            if (match != null) {
                operation = row;
                variables = match;
            }
        }
        Verdict verdict = verifier.verify(request, now);
        RecordedRequest recorded = recorder.request(
                request, verdict, operation == null ? null : operation.name(), variables.get("modelId"));
        Result result = decide(request, operation, variables, verdict);
        List<HttpField> headers = new ArrayList<>();
        headers.add(ResponseDate.at(now));
        headers.add(new HttpField("x-amzn-RequestId", new UUID(random.nextLong(), random.nextLong()).toString()));
        headers.addAll(result.headers());
        return new Answer.Reply(result.status(), headers, result.body(), result.delay(), recorded);
    }

    private Result decide(
            ReceivedRequest request, @Nullable Operation operation, Map<String, String> variables, Verdict verdict) {
        RequestHead head = request.head();
        if (request.leak()) {
            return Errors.validation("The request holds a secret that was to stay with the proxy");
        }
        if (operation == null) {
            return head.path().startsWith("/model/") ? Errors.unknownModelPath() : Errors.unknownOperation();
        }
        Result outOfTurn = refusals.take();
        if (outOfTurn != null) {
            return outOfTurn;
        }
        if (verdict instanceof Verdict.Refused refused) {
            return Errors.of(errorName(refused), refused.message());
        }
        boolean bodyless = operation.method().equals("GET");
        ObjectNode body = bodyless ? Json.object() : Json.parse(request.body());
        if (body == null) {
            return Errors.validation("Malformed input request, please reformat your input and try again.");
        }
        Verdict.Verified signer = (Verdict.Verified) verdict;
        Call call = new Call(head, variables, body, signer.key(), signer.region());
        String modelId = variables.get("modelId");
        ModelId model = modelId == null ? null : ModelId.of(modelId);
        if (model != null && (!model.isKnown() || model.text().length() > 2048)) {
            return Errors.validation("The provided model identifier is invalid.");
        }
        String denial = access.denial(call.key().owner(), operation.needs().apply(call));
        if (denial != null) {
            return Errors.denied(denial);
        }
        return model == null ? operation.handler().apply(call) : steered(operation, call, model);
    }

    /** Delays and errors mean the same for every operation that has a model. */
    private static Result steered(Operation operation, Call call, ModelId model) {
        Steering steering = Steering.of(model.bare());
        if (steering instanceof Steering.Unknown) {
            return Errors.validation("The provided model identifier is invalid.");
        }
        if (steering instanceof Steering.Failing error) {
            return Errors.of(error.exception(), "The emulator was asked for this");
        }
        Result result = operation.handler().apply(call);
        return steering instanceof Steering.Delay delay ? result.after(Duration.ofMillis(delay.millis())) : result;
    }

    private static String errorName(Verdict.Refused refused) {
        return switch (refused.fault()) {
            case MISSING -> "MissingAuthenticationTokenException";
            case BEARER -> "AccessDeniedException";
            case INCOMPLETE -> "IncompleteSignatureException";
            case UNKNOWN_KEY -> "UnrecognizedClientException";
            case EXPIRED_KEY -> "ExpiredTokenException";
            case SCOPE, UNSIGNED_HEADER, CLOCK, MISMATCH -> "InvalidSignatureException";
        };
    }
}
