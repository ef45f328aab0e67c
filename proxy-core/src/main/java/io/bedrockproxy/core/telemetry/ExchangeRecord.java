package io.bedrockproxy.core.telemetry;

import io.bedrockproxy.core.failure.Failure;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * What happened in one exchange. Filled on the exchange's event loop, read once by {@link AccessLog}. Holds no header
 * value, no query and no part of a body.
 */
public final class ExchangeRecord {
    private final LongSupplier nanos;
    private final Instant start;
    private final long startNanos;

    private @Nullable String protocol;
    private @Nullable String client;
    private @Nullable String operation;
    private @Nullable String modelId;
    private @Nullable String region;
    private int status;
    private @Nullable String requestId;
    private long requestBytes;
    private long responseBytes;
    private long firstByteNanos = -1;
    private long durationNanos;
    private @Nullable String streamException;
    private @Nullable String retry;
    private @Nullable Outcome outcome;
    private @Nullable Failure failure;

    /** Begins now. */
    public ExchangeRecord(InstantSource clock, LongSupplier nanos) {
        this.nanos = nanos;
        this.start = clock.instant();
        this.startNanos = nanos.getAsLong();
    }

    /** HTTP/1.0, HTTP/1.1 or HTTP/2. */
    public void protocol(String value) {
        protocol = value;
    }

    /** The name of the client. */
    public void client(String value) {
        client = value;
    }

    /** What was asked, and where it goes. */
    public void route(String operationName, @Nullable String model, String signingRegion) {
        operation = operationName;
        modelId = model;
        region = signingRegion;
    }

    /** The head of the answer goes down now. */
    public void responseHead(int code, @Nullable String awsRequestId) {
        status = code;
        requestId = awsRequestId;
        firstByteNanos = nanos.getAsLong() - startNanos;
    }

    /** A piece of the request body has arrived. */
    public void addRequestBytes(int count) {
        requestBytes += count;
    }

    /** A piece of the response body goes down. */
    public void addResponseBytes(int count) {
        responseBytes += count;
    }

    /** The exception that the stream itself reported, or null. */
    public void streamException(@Nullable String name) {
        streamException = name;
    }

    /** The request was signed anew and sent once more, and why. */
    public void retry(String why) {
        retry = why;
    }

    /** Ends now. */
    public ExchangeRecord finish(Outcome how, @Nullable Failure why) {
        outcome = how;
        failure = why;
        durationNanos = nanos.getAsLong() - startNanos;
        return this;
    }

    Instant start() {
        return start;
    }

    @Nullable
    String protocol() {
        return protocol;
    }

    @Nullable
    String client() {
        return client;
    }

    @Nullable
    String operation() {
        return operation;
    }

    @Nullable
    String modelId() {
        return modelId;
    }

    @Nullable
    String region() {
        return region;
    }

    int status() {
        return status;
    }

    @Nullable
    String requestId() {
        return requestId;
    }

    long requestBytes() {
        return requestBytes;
    }

    long responseBytes() {
        return responseBytes;
    }

    long firstByteNanos() {
        return firstByteNanos;
    }

    long durationNanos() {
        return durationNanos;
    }

    @Nullable
    String streamException() {
        return streamException;
    }

    @Nullable
    String retry() {
        return retry;
    }

    @Nullable
    Outcome outcome() {
        return outcome;
    }

    @Nullable
    Failure failure() {
        return failure;
    }
}
