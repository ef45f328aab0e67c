package io.bedrockproxy.emulator.bedrock;

/**
 * What a model "generated", in whatever shape it is told.
 *
 * @param model the bare model id
 * @param deltas the text
 * @param inputTokens how many tokens the prompt is said to have
 * @param latencyMillis how long it is said to have taken
 */
record Generation(String model, Deltas deltas, int inputTokens, long latencyMillis) {
    int outputTokens() {
        return deltas.count();
    }

    int totalTokens() {
        return inputTokens + outputTokens();
    }
}
