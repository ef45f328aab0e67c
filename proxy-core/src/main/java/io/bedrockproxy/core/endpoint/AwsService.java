package io.bedrockproxy.core.endpoint;

/** The AWS services that the proxy talks to: how their hosts begin, and the name that their signatures carry. */
public enum AwsService {
    /** Inference: {@code /model}, {@code /guardrail}, {@code /openai}, {@code /anthropic}. */
    BEDROCK_RUNTIME("bedrock-runtime", "bedrock"),
    /** Bedrock's control plane, which the discovery operations ask. */
    BEDROCK("bedrock", "bedrock"),
    /** The second inference endpoint. It has hosts in the {@code api.aws} zone only, and a signing name of its own. */
    BEDROCK_MANTLE("bedrock-mantle", "bedrock-mantle"),
    /** The Security Token Service. */
    STS("sts", "sts");

    private final String endpointPrefix;
    private final String signingName;

    AwsService(String endpointPrefix, String signingName) {
        this.endpointPrefix = endpointPrefix;
        this.signingName = signingName;
    }

    /** The first label of the host. */
    public String endpointPrefix() {
        return endpointPrefix;
    }

    /** The service in the credential scope. */
    public String signingName() {
        return signingName;
    }
}
