package io.bedrockproxy.emulator.sts;

import io.bedrockproxy.emulator.recording.StsParameters;
import java.nio.charset.StandardCharsets;
import java.util.zip.Deflater;
import org.jspecify.annotations.Nullable;

/**
 * The size of a session policy and session tags in the packed form of which AWS says only that it is compressed and
 * has a limit. Ours is deflate against a limit that puts the refusals that users report (1,690 characters with 42
 * actions: over 100 %; 670 characters: well below) on the right sides.
 */
final class PackedPolicy {
    private static final int LIMIT_BYTES = 512;

    private PackedPolicy() {}

    /** The percentage of the limit that is used; null when there is nothing to pack. */
    static @Nullable Integer percent(StsParameters parameters) {
        String policy = parameters.policy();
        if (policy == null && parameters.tags().isEmpty()) {
            return null;
        }
        StringBuilder text = new StringBuilder(policy == null ? "" : policy.replaceAll("\\s+", ""));
        parameters
                .tags()
                .forEach((key, value) ->
                        text.append(key).append('\n').append(value).append('\n'));
        byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
        Deflater deflater = new Deflater(Deflater.BEST_COMPRESSION, true);
        try {
            deflater.setInput(bytes);
            deflater.finish();
            int packed = deflater.deflate(new byte[bytes.length + 64]);
            return (packed * 100 + LIMIT_BYTES - 1) / LIMIT_BYTES;
        } finally {
            deflater.end();
        }
    }
}
