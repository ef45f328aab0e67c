package io.bedrockproxy.emulator.bedrock;

import io.bedrockproxy.emulator.http.FixedBody;
import io.bedrockproxy.emulator.http.HttpField;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/** InvokeModel, Converse and their streams: an answer that echoes the prompt, or what the model id asks for. */
final class Inference {
    /** With base64 and the frame around it, a frame of about 16 KiB. */
    private static final int BULK_DELTA_BYTES = 12 * 1024;

    private final Duration pace;
    private final RandomGenerator random;

    Inference(Duration pace, RandomGenerator random) {
        this.pace = pace;
        this.random = random;
    }

    Result invoke(Call call) {
        ModelId model = ModelId.of(call.variable("modelId"));
        if (Embeddings.isEmbedding(model)) {
            return Embeddings.answer(model, call.body());
        }
        return whole(call, model, new InvokeShape(ModelFamily.of(model.bare())));
    }

    Result converse(Call call) {
        return whole(call, ModelId.of(call.variable("modelId")), new ConverseShape());
    }

    Result invokeStream(Call call) {
        ModelId model = ModelId.of(call.variable("modelId"));
        return stream(call, model, new InvokeShape(ModelFamily.of(model.bare())));
    }

    Result converseStream(Call call) {
        return stream(call, ModelId.of(call.variable("modelId")), new ConverseShape());
    }

    Result whole(Call call, ModelId model, AnswerShape shape) {
        Steering steering = Steering.of(model.bare());
        Generation generation = generation(call, model, Duration.ZERO);
        byte[] template = Json.bytes(shape.whole(generation, FillerBody.MARK));
        byte[] ordinary = Json.bytes(shape.whole(generation, generation.deltas().text()));
        List<HttpField> headers = headers(call, shape, generation, false);
        if (steering instanceof Steering.Size size) {
            return new Result(200, headers, FillerBody.ofTotal(template, size.bytes()));
        }
        if (steering instanceof Steering.Pace slow) {
            return new Result(200, headers, FillerBody.ofText(template, (long) slow.frames() * slow.bytes()))
                    .after(Duration.ofMillis((long) slow.millis() * slow.frames()));
        }
        if (steering instanceof Steering.Cut) {
            return new Result(200, headers, FixedBody.cutAfter(ordinary, ordinary.length / 2));
        }
        if (steering instanceof Steering.Midstream failing) {
            return Errors.of(failing.exception(), "The emulator was asked for this");
        }
        return new Result(200, headers, FixedBody.of(ordinary));
    }

    Result stream(Call call, ModelId model, AnswerShape shape) {
        if (Embeddings.isEmbedding(model)) {
            return Errors.validation("The model is unsupported for streaming.");
        }
        Steering steering = Steering.of(model.bare());
        Generation generation = generation(call, model, pace);
        Duration between = pace;
        StreamEnd end = new StreamEnd.Regular();
        if (steering instanceof Steering.Pace order) {
            between = Duration.ofMillis(order.millis());
            generation = generation(call, model, Deltas.filler(order.bytes(), order.frames()), between);
        } else if (steering instanceof Steering.Size size) {
            between = Duration.ZERO;
            generation = bulk(call, model, shape, size.bytes());
        } else if (steering instanceof Steering.Midstream failing) {
            end = new StreamEnd.Early(failing.afterFrames(), failing.exception());
            generation = atLeast(generation, failing.afterFrames());
        } else if (steering instanceof Steering.Cut cut) {
            end = new StreamEnd.Early(cut.afterFrames(), null);
            generation = atLeast(generation, cut.afterFrames());
        }
        return new Result(
                200, headers(call, shape, generation, true), new StreamBody(shape, generation, between, end, random));
    }

    static Generation generation(Call call, ModelId model, Duration pace) {
        return generation(call, model, Deltas.words(Prompt.answer(Prompt.text(call.body()), model)), pace);
    }

    private static Generation generation(Call call, ModelId model, Deltas deltas, Duration pace) {
        int input = Prompt.tokens(Prompt.text(call.body()));
        return new Generation(model.bare(), deltas, input, 10 + pace.toMillis() * deltas.count());
    }

    private static Generation atLeast(Generation generation, int deltas) {
        return new Generation(
                generation.model(),
                generation.deltas().atLeast(deltas),
                generation.inputTokens(),
                generation.latencyMillis());
    }

    /** As many equal frames as make up {@code bytes}, or one smaller frame. */
    private Generation bulk(Call call, ModelId model, AnswerShape shape, long bytes) {
        int deltaBytes = (int) Math.min(BULK_DELTA_BYTES, Math.max(1, bytes / 2));
        Generation one = generation(call, model, Deltas.filler(deltaBytes, 1), Duration.ZERO);
        int frame = shape.delta(one, 1, one.deltas().get(1)).frame(random).length;
        int count = (int) Math.max(1, bytes / frame);
        return generation(call, model, Deltas.filler(deltaBytes, count), Duration.ZERO);
    }

    private static List<HttpField> headers(Call call, AnswerShape shape, Generation generation, boolean stream) {
        List<HttpField> headers = new ArrayList<>();
        headers.add(new HttpField("Content-Type", stream ? shape.streamType() : "application/json"));
        headers.addAll(shape.headers(generation, stream));
        for (String echoed : List.of("X-Amzn-Bedrock-PerformanceConfig-Latency", "X-Amzn-Bedrock-Service-Tier")) {
            String value = call.head().header(echoed);
            if (value != null) {
                headers.add(new HttpField(echoed, value));
            }
        }
        return headers;
    }
}
