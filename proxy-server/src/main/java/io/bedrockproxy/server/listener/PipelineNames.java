package io.bedrockproxy.server.listener;

/** Names of handlers in downstream pipelines, as they appear in thread dumps and logs. */
final class PipelineNames {
    static final String LIMITER = "connection-limiter";
    static final String TLS = "tls";
    static final String PROTOCOL_CHOICE = "protocol-choice";
    static final String HEAD_DEADLINE = "head-deadline";
    static final String HEAD_DEADLINE_END = "head-deadline-end";
    static final String REQUEST_DECODER = "request-decoder";
    static final String RESPONSE_ENCODER = "response-encoder";
    static final String FRAMING_GUARD = "framing-guard";
    static final String HEAD_GUARD = "head-guard";
    static final String READ_GATE = "read-gate";
    static final String EXCHANGE = "exchange";
    static final String HTTP2_FRAMES = "http2-frames";
    static final String HTTP2_CODEC = "http2-codec";
    static final String HTTP2_GUARD = "http2-guard";
    static final String HTTP2_STREAMS = "http2-streams";
    static final String HTTP2_OBJECTS = "http2-objects";

    private PipelineNames() {}
}
