package io.bedrockproxy.server.listener;

/** A head that we refuse where Netty would not. Its message is ours, so it may be told; no stack, as it is expected. */
final class MalformedHead extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    /** @param fault what is there; completes "The request has ..." */
    MalformedHead(String fault) {
        super(fault);
    }

    @Override
    public Throwable fillInStackTrace() {
        return this;
    }
}
