package io.bedrockproxy.emulator.bedrock;

import org.jspecify.annotations.Nullable;

/** How a stream ends. */
sealed interface StreamEnd {
    /** After its closing events. */
    record Regular() implements StreamEnd {}

    /**
     * Before that.
     *
     * @param afterFrames how many frames are sent before
     * @param exception the exception frame that ends it; null: a cut
     */
    record Early(int afterFrames, @Nullable String exception) implements StreamEnd {}
}
