package io.bedrockproxy.server.config;

import java.util.Objects;

/** What a client or a role takes its credentials from: the word after {@code source =}. */
public sealed interface SourceRef {
    /** {@code default}: the AWS default chain. */
    record DefaultChain() implements SourceRef {
        @Override
        public String toString() {
            return "default";
        }
    }

    /**
     * An entry of {@code sources}, which exists.
     *
     * @param name its key
     */
    record Source(String name) implements SourceRef {
        /** Refuses nulls. */
        public Source {
            Objects.requireNonNull(name, "name");
        }

        @Override
        public String toString() {
            return name;
        }
    }

    /**
     * {@code role:NAME}: an entry of {@code roles}, which exists and does not lead back here.
     *
     * @param name its key
     */
    record Role(String name) implements SourceRef {
        /** Refuses nulls. */
        public Role {
            Objects.requireNonNull(name, "name");
        }

        @Override
        public String toString() {
            return "role:" + name;
        }
    }
}
