package io.bedrockproxy.emulator.recording;

import io.bedrockproxy.emulator.http.AnswerEnd;
import io.bedrockproxy.emulator.http.AnswerProgress;
import io.bedrockproxy.emulator.http.HttpField;
import io.bedrockproxy.emulator.http.ReceivedRequest;
import io.bedrockproxy.emulator.http.RequestHead;
import io.bedrockproxy.emulator.signature.RoleSession;
import io.bedrockproxy.emulator.signature.Verdict;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One request to the Bedrock side and what became of it. Written by its event loop, readable from any thread while
 * the answer is still under way. The body itself is not kept.
 */
public final class RecordedRequest implements AnswerProgress {
    private static final String CREDENTIAL = "Credential=";

    private final Recorder recorder;
    private final RequestHead head;
    private final long bodyLength;
    private final String bodySha256;
    private final boolean leak;
    private final Verdict verdict;
    private final @Nullable String operation;
    private final @Nullable String modelId;
    private volatile int status;
    private volatile long frames;
    private volatile long bytes;
    private volatile long firstByteNanos = -1;
    private volatile long endNanos = -1;
    private volatile @Nullable AnswerEnd end;

    RecordedRequest(
            Recorder recorder,
            ReceivedRequest request,
            Verdict verdict,
            @Nullable String operation,
            @Nullable String modelId) {
        this.recorder = recorder;
        this.head = request.head();
        this.bodyLength = request.body().length;
        this.bodySha256 = request.bodySha256();
        this.leak = request.leak();
        this.verdict = verdict;
        this.operation = operation;
        this.modelId = modelId;
    }

    /** The whole head: protocol, TLS or not, method, raw target, headers, arrival in nanoseconds. */
    public RequestHead head() {
        return head;
    }

    /** {@code HTTP/1.1}, {@code h2}, ... */
    public String protocol() {
        return head.protocol();
    }

    /** The method. */
    public String method() {
        return head.method();
    }

    /** The raw target. */
    public String target() {
        return head.target();
    }

    /** The headers in order of arrival. */
    public List<HttpField> headers() {
        return head.headers();
    }

    /** The first value of a header, whatever the case of its name; null when it did not come. */
    public @Nullable String header(String name) {
        return head.header(name);
    }

    /** How long the body was. */
    public long bodyLength() {
        return bodyLength;
    }

    /** The body's SHA-256 in lower-case hex. */
    public String bodySha256() {
        return bodySha256;
    }

    /** Whether it held a forbidden secret. */
    public boolean leak() {
        return leak;
    }

    /** Whether, or why not, its signature was right. */
    public Verdict verdict() {
        return verdict;
    }

    /** Shorthand for {@code verdict().verified()}. */
    public boolean verified() {
        return verdict.verified();
    }

    /** The role session that signed it; null when it was not verified or was signed by a long-lived key. */
    public @Nullable RoleSession session() {
        return verdict instanceof Verdict.Verified verified ? verified.key().session() : null;
    }

    /** The role whose session signed it; null when it was not verified or was signed by a user's key. */
    public @Nullable String roleArn() {
        RoleSession session = session();
        return session == null ? null : session.roleArn();
    }

    /** The name of the session that signed it; null when it was not verified or was signed by a user's key. */
    public @Nullable String sessionName() {
        RoleSession session = session();
        return session == null ? null : session.sessionName();
    }

    /** The key that it names as its signer, whether verified or not; null when it names none. */
    public @Nullable String accessKeyId() {
        String authorization = head.header("authorization");
        int start = authorization == null ? -1 : authorization.indexOf(CREDENTIAL);
        int end = authorization == null ? -1 : authorization.indexOf('/', Math.max(start, 0));
        return authorization == null || start < 0 || end < 0
                ? null
                : authorization.substring(start + CREDENTIAL.length(), end);
    }

    /** The AWS operation; null when the path belongs to none. */
    public @Nullable String operation() {
        return operation;
    }

    /** The decoded model id of the path; null when the path has none. */
    public @Nullable String modelId() {
        return modelId;
    }

    /** The nanosecond clock when the head was complete. */
    public long startNanos() {
        return head.startNanos();
    }

    /** The status that was sent; 0 before. */
    public int status() {
        return status;
    }

    /** How many pieces of the answer went out; on an event stream: frames. */
    public long framesSent() {
        return frames;
    }

    /** How many body bytes went out. */
    public long bytesSent() {
        return bytes;
    }

    /** The nanosecond clock at the first body byte; -1 before. */
    public long firstByteNanos() {
        return firstByteNanos;
    }

    /** How the answer ended; null while it is under way. */
    public @Nullable AnswerEnd end() {
        return end;
    }

    /** The nanosecond clock at the end (also of a cancellation); -1 before. */
    public long endNanos() {
        return endNanos;
    }

    /** Whether the peer went away before the answer ended. */
    public boolean cancelled() {
        return end == AnswerEnd.CANCELLED;
    }

    @Override
    public void headSent(int sentStatus) {
        status = sentStatus;
    }

    @Override
    @SuppressWarnings("NonAtomicVolatileUpdate") // written by one event loop only
    public void pieceSent(int pieceBytes) {
        if (firstByteNanos < 0) {
            firstByteNanos = recorder.nanos();
        }
        frames++;
        bytes += pieceBytes;
    }

    @Override
    public void ended(AnswerEnd how) {
        endNanos = recorder.nanos();
        end = how;
        recorder.closed(how);
    }

    /** Method, target, verdict and end; no header values. */
    @Override
    public String toString() {
        return method() + ' ' + target() + ' ' + protocol() + ' '
                + (verdict instanceof Verdict.Refused refused ? refused.fault() : "verified") + " -> " + status + ' '
                + end;
    }
}
