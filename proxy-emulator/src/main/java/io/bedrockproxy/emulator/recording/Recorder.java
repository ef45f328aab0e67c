package io.bedrockproxy.emulator.recording;

import io.bedrockproxy.emulator.http.AnswerEnd;
import io.bedrockproxy.emulator.http.ReceivedRequest;
import io.bedrockproxy.emulator.signature.Verdict;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** Remembers the last requests and counts all of them. Thread-safe. */
public final class Recorder {
    private final int capacity;
    private final LongSupplier nanos;
    private final Deque<RecordedRequest> requests = new ArrayDeque<>();
    private final Deque<RecordedRequest> leaks = new ArrayDeque<>();
    private final Deque<StsCall> stsCalls = new ArrayDeque<>();
    private final AtomicLong requestCount = new AtomicLong();
    private final AtomicLong refusedCount = new AtomicLong();
    private final AtomicLong leakCount = new AtomicLong();
    private final AtomicLong cancelledCount = new AtomicLong();
    private final AtomicLong assumeRoleCount = new AtomicLong();
    private final AtomicInteger openAnswers = new AtomicInteger();

    /**
     * @param capacity how many requests and STS calls are kept
     * @param nanos a monotonic clock
     */
    public Recorder(int capacity, LongSupplier nanos) {
        this.capacity = capacity;
        this.nanos = nanos;
    }

    /** Notes a request to the Bedrock side; the result hears how its answer goes. */
    public RecordedRequest request(
            ReceivedRequest request, Verdict verdict, @Nullable String operation, @Nullable String modelId) {
        RecordedRequest recorded = new RecordedRequest(this, request, verdict, operation, modelId);
        requestCount.incrementAndGet();
        openAnswers.incrementAndGet();
        if (!recorded.verified()) {
            refusedCount.incrementAndGet();
        }
        keep(requests, recorded);
        if (recorded.leak()) {
            leakCount.incrementAndGet();
            keep(leaks, recorded);
        }
        return recorded;
    }

    /** Notes a call to the STS side. */
    public void stsCall(StsCall call) {
        if (call.action().equals("AssumeRole")) {
            assumeRoleCount.incrementAndGet();
        }
        keep(stsCalls, call);
    }

    void closed(AnswerEnd how) {
        openAnswers.decrementAndGet();
        if (how == AnswerEnd.CANCELLED) {
            cancelledCount.incrementAndGet();
        }
    }

    long nanos() {
        return nanos.getAsLong();
    }

    private <T> void keep(Deque<T> all, T one) {
        synchronized (all) {
            if (all.size() == capacity) {
                all.removeFirst();
            }
            all.addLast(one);
        }
    }

    private static <T> List<T> copy(Deque<T> all) {
        synchronized (all) {
            return List.copyOf(all);
        }
    }

    /** The last requests to the Bedrock side, oldest first. */
    public List<RecordedRequest> requests() {
        return copy(requests);
    }

    /** The newest request to the Bedrock side; throws when there was none. */
    public RecordedRequest last() {
        synchronized (requests) {
            return requests.getLast();
        }
    }

    /** The last requests that held a forbidden secret. */
    public List<RecordedRequest> leaks() {
        return copy(leaks);
    }

    /** The last calls to the STS side, oldest first. */
    public List<StsCall> stsCalls() {
        return copy(stsCalls);
    }

    /** How many requests the Bedrock side got since the start or {@link #clear}. */
    public long requestCount() {
        return requestCount.get();
    }

    /** How many of them were not signed as AWS wants it. */
    public long refusedCount() {
        return refusedCount.get();
    }

    /** How many of them, or of the STS calls, held a forbidden secret. */
    public long leakCount() {
        return leakCount.get();
    }

    /** Counts a request outside the Bedrock side that held a forbidden secret. */
    public void leaked() {
        leakCount.incrementAndGet();
    }

    /** How many answers the peer did not wait for. */
    public long cancelledCount() {
        return cancelledCount.get();
    }

    /** How many AssumeRole calls came, granted or not. */
    public long assumeRoleCount() {
        return assumeRoleCount.get();
    }

    /** How many answers of the Bedrock side are under way. */
    public int openAnswers() {
        return openAnswers.get();
    }

    /** Forgets requests, calls and counts; answers under way stay open. */
    public void clear() {
        for (Deque<?> all : List.of(requests, leaks, stsCalls)) {
            synchronized (all) {
                all.clear();
            }
        }
        for (AtomicLong count : List.of(requestCount, refusedCount, leakCount, cancelledCount, assumeRoleCount)) {
            count.set(0);
        }
    }
}
