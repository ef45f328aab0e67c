package io.bedrockproxy.core.eventstream;

import java.util.Objects;

/** What a {@link FrameScanner} thinks of the stream after one more chunk. */
public sealed interface ScanResult {
    /** All bytes so far are whole frames and the beginning of one. */
    record Valid() implements ScanResult {
        static final Valid INSTANCE = new Valid();
    }

    /**
     * The stream is damaged, and stays so.
     *
     * @param reason what is wrong; it quotes no content
     * @param goodBytes how many bytes of the scanned chunk precede the damaged frame; -1 when that frame began in an
     *     earlier chunk
     */
    record Corrupt(String reason, int goodBytes) implements ScanResult {
        /** Refuses nulls. */
        public Corrupt {
            Objects.requireNonNull(reason, "reason");
        }
    }
}
