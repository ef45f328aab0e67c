package io.bedrockproxy.emulator.bedrock;

import java.util.random.RandomGenerator;

/** One event of an answer's stream. */
interface StreamEvent {
    /**
     * Its bytes.
     *
     * @param random for padding, where the event has any
     */
    byte[] frame(RandomGenerator random);
}
