package io.bedrockproxy.emulator.http;

/** A whole request: its head, its body bytes and what was found out about them while they arrived. */
public final class ReceivedRequest {
    private final RequestHead head;
    private final byte[] body;
    private final String bodySha256;
    private final boolean leak;

    /**
     * @param head as received
     * @param body the whole body; not copied
     * @param bodySha256 its SHA-256 in lower-case hex
     * @param leak whether head or body hold a forbidden secret
     */
    public ReceivedRequest(RequestHead head, byte[] body, String bodySha256, boolean leak) {
        this.head = head;
        this.body = body;
        this.bodySha256 = bodySha256;
        this.leak = leak;
    }

    /** The head. */
    public RequestHead head() {
        return head;
    }

    /** The body bytes; callers do not change them. */
    public byte[] body() {
        return body;
    }

    /** The body's SHA-256 in lower-case hex. */
    public String bodySha256() {
        return bodySha256;
    }

    /** Whether target, headers or body hold a forbidden secret. */
    public boolean leak() {
        return leak;
    }
}
