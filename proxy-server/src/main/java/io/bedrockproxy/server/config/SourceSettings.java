package io.bedrockproxy.server.config;

import java.nio.file.Path;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** One entry of {@code bedrock-proxy.sources}: where credentials come from before any role is assumed. */
public sealed interface SourceSettings {
    /**
     * Keys written in the configuration; STS or Bedrock decides whether they are any good.
     *
     * @param accessKeyId the public half
     * @param secretAccessKey the secret half
     * @param sessionToken null for long-lived keys
     */
    record Keys(
            String accessKeyId,
            String secretAccessKey,
            @Nullable String sessionToken) implements SourceSettings {
        /** Refuses nulls. */
        public Keys {
            Objects.requireNonNull(accessKeyId, "accessKeyId");
            Objects.requireNonNull(secretAccessKey, "secretAccessKey");
        }

        /** Only the public half. */
        @Override
        public String toString() {
            return "Keys[" + accessKeyId + ", ***]";
        }
    }

    /**
     * A file that holds the keys and may be rewritten while the proxy runs.
     *
     * @param path where it is
     */
    record KeysFile(Path path) implements SourceSettings {
        /** Refuses nulls. */
        public KeysFile {
            Objects.requireNonNull(path, "path");
        }
    }

    /**
     * A profile of the AWS configuration and credentials files.
     *
     * @param name the profile's name
     */
    record Profile(String name) implements SourceSettings {
        /** Refuses nulls. */
        public Profile {
            Objects.requireNonNull(name, "name");
        }
    }
}
