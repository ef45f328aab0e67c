package io.bedrockproxy.core.route;

/** Which of AWS's endpoints a request goes to. */
public enum Upstream {
    /** {@code bedrock-runtime}. */
    RUNTIME,
    /** {@code bedrock}. */
    CONTROL_PLANE,
    /** {@code bedrock-mantle}. */
    MANTLE
}
