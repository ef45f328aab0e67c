package io.bedrockproxy.core.policy;

/** Takes the resources that a rule about models leads to. */
interface ModelSink {
    /** Models, or what stands for one. */
    void model(String resource);

    /** All foundation models, when they are used by way of a profile whose ARN fits. */
    void modelsBehind(String profile);

    /** Prompts, which are rendered before their model is used. */
    void prompt(String resource);

    /** Endpoints of SageMaker, which Bedrock calls with the permissions of its own caller. */
    void endpoint(String resource);
}
