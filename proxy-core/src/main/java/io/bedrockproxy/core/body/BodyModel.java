package io.bedrockproxy.core.body;

import java.util.Objects;

/** What a body says about the model it is for. */
public sealed interface BodyModel {
    /**
     * Exactly one model, in a body that can be read in one way only.
     *
     * @param id visible ASCII; as the client wrote it, escapes decoded
     */
    record Named(String id) implements BodyModel {
        /** Refuses null. */
        public Named {
            Objects.requireNonNull(id, "id");
        }
    }

    /**
     * None that a rule could be held against.
     *
     * @param why ends a sentence that begins with "The request body"; holds nothing of the body
     */
    record Unclear(String why) implements BodyModel {
        /** Refuses null. */
        public Unclear {
            Objects.requireNonNull(why, "why");
        }
    }
}
