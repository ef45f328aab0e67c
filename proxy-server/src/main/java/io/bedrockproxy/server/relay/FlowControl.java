package io.bedrockproxy.server.relay;

/**
 * Back-pressure, in words:
 *
 * <ol>
 *   <li>The upstream socket is read only when asked; one read brings at most a few receive buffers.
 *   <li>What a read brought is written downstream and flushed once, when the read is complete.
 *   <li>If less than the high-water mark then waits downstream, the upstream is read again at once.
 *   <li>Otherwise nothing is read, the kernel's receive buffer fills, and TCP makes Bedrock wait.
 *   <li>When the client has taken enough (low-water mark), its channel becomes writable and the next read is asked for.
 * </ol>
 *
 * So a response in progress holds one read plus one high-water mark, however large it is and however slow its reader.
 */
final class FlowControl {
    private final Downstream downstream;
    private final Runnable readUpstream;
    private boolean paused;

    FlowControl(Downstream downstream, Runnable readUpstream) {
        this.downstream = downstream;
        this.readUpstream = readUpstream;
    }

    void upstreamReadComplete() {
        downstream.flush();
        if (downstream.isWritable()) {
            readUpstream.run();
        } else {
            paused = true;
        }
    }

    void downstreamWritable() {
        if (paused) {
            paused = false;
            readUpstream.run();
        }
    }

    /** Whether it is the client that keeps everybody waiting. */
    boolean isPaused() {
        return paused;
    }
}
