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

/** The Bedrock side, or mantle's: finds the operation, checks the signature, records the request, answers. */
public final class BedrockService implements RequestService {
    private final SignatureVerifier verifier;
    private final AccessCheck access;
    private final Refusals refusals;
    private final Recorder recorder;
    private final InstantSource clock;
    private final RandomGenerator random;
    private final List<Operation> operations;

    private BedrockService(
            SignatureVerifier verifier,
            Function<String, @Nullable PolicyDocument> permissions,
            Refusals refusals,
            Recorder recorder,
            InstantSource clock,
            RandomGenerator random,
            List<Operation> operations) {
        this.verifier = verifier;
        this.access = new AccessCheck(permissions);
        this.refusals = refusals;
        this.recorder = recorder;
        this.clock = clock;
        this.random = random;
        this.operations = operations;
    }

    /**
     * The runtime and the control plane.
     *
     * @param verifier checks signatures of the service {@code bedrock}
     * @param permissions the permissions policy of a role; null: its sessions may do everything
     * @param refusals errors that requests are answered with out of turn
     * @param recorder notes every request
     * @param clock the time that answers carry and signatures are checked against
     * @param pace between the events of an ordinary stream
     * @param random for padding and request ids; used by several threads
     */
    public static BedrockService bedrock(
            SignatureVerifier verifier,
            Function<String, @Nullable PolicyDocument> permissions,
            Refusals refusals,
            Recorder recorder,
            InstantSource clock,
            Duration pace,
            RandomGenerator random) {
        List<Operation> operations = Operations.all(clock, pace, random);
        return new BedrockService(verifier, permissions, refusals, recorder, clock, random, operations);
    }

    /** The other inference endpoint, of the service {@code bedrock-mantle}; parameters as above. */
    public static BedrockService mantle(
            SignatureVerifier verifier,
            Function<String, @Nullable PolicyDocument> permissions,
            Refusals refusals,
            Recorder recorder,
            InstantSource clock,
            Duration pace,
            RandomGenerator random) {
        List<Operation> operations = Operations.mantle(clock, pace, random);
        return new BedrockService(verifier, permissions, refusals, recorder, clock, random, operations);
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
        ObjectNode body = operation == null || hasNoBody(operation) ? Json.object() : Json.parse(request.body());
        String modelId = variables.get("modelId");
        if (body != null && operation != null && operation.modelKey() != null) {
            modelId = body.path(operation.modelKey()).textValue();
        }
        RecordedRequest recorded =
                recorder.request(request, verdict, operation == null ? null : operation.name(), modelId);
        Result result =
                operation == null ? unknown(request) : decide(request, operation, variables, verdict, body, modelId);
        List<HttpField> headers = new ArrayList<>();
        headers.add(ResponseDate.at(now));
        headers.add(new HttpField("x-amzn-RequestId", new UUID(random.nextLong(), random.nextLong()).toString()));
        headers.addAll(result.headers());
        return new Answer.Reply(result.status(), headers, result.body(), result.delay(), recorded);
    }

    private static Result leaked() {
        return Errors.validation("The request holds a secret that was to stay with the proxy");
    }

    private static boolean hasNoBody(Operation operation) {
        boolean isCancellation =
                operation.method().equals("POST") && operation.pattern().contains("cancel");
        return !operation.method().equals("POST") || isCancellation;
    }

    /** A raw slash in an ARN makes a path that nothing has; where one could be, AWS says so with status 200. */
    private static Result unknown(ReceivedRequest request) {
        String path = request.head().path();
        if (request.leak()) {
            return leaked();
        }
        return path.startsWith("/model/") || path.startsWith("/async-invoke/") || path.startsWith("/guardrail/")
                ? Errors.unknownModelPath()
                : Errors.unknownOperation();
    }

    private Result decide(
            ReceivedRequest request,
            Operation operation,
            Map<String, String> variables,
            Verdict verdict,
            @Nullable ObjectNode body,
            @Nullable String modelId) {
        if (request.leak()) {
            return leaked();
        }
        Result outOfTurn = refusals.take();
        if (outOfTurn != null) {
            return operation.style().dress(outOfTurn);
        }
        if (verdict instanceof Verdict.Refused refused) {
            return Errors.of(errorName(refused), refused.message());
        }
        Verdict.Verified signer = (Verdict.Verified) verdict;
        return operation
                .style()
                .dress(
                        body == null
                                ? Errors.validation(
                                        "Malformed input request, please reformat your input and try again.")
                                : perform(
                                        operation,
                                        new Call(request.head(), variables, body, signer.key(), signer.region()),
                                        modelId));
    }

    private Result perform(Operation operation, Call call, @Nullable String modelId) {
        if (operation.modelKey() != null && modelId == null) {
            return Errors.validation("Missing required parameter: '" + operation.modelKey() + "'.");
        }
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
