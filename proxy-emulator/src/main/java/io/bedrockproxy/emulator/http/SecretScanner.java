package io.bedrockproxy.emulator.http;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.buffer.search.AbstractMultiSearchProcessorFactory;
import io.netty.buffer.search.AhoCorasicSearchProcessorFactory;
import io.netty.buffer.search.MultiSearchProcessor;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Finds secrets that must never arrive: raw, percent-encoded, and in base64 at any offset (as in Basic credentials). */
public final class SecretScanner {
    private final Set<String> needles = new LinkedHashSet<>();
    private volatile @Nullable AhoCorasicSearchProcessorFactory factory;

    /** From now on a request that holds {@code secret} is a leak. */
    public synchronized void forbid(String secret) {
        byte[] raw = secret.getBytes(StandardCharsets.UTF_8);
        needles.add(new String(raw, StandardCharsets.ISO_8859_1));
        needles.add(URLEncoder.encode(secret, StandardCharsets.UTF_8));
        for (int offset = 0; offset < 3; offset++) {
            addBase64(raw, offset);
        }
        factory = AbstractMultiSearchProcessorFactory.newAhoCorasicSearchProcessorFactory(needles.stream()
                .map(needle -> needle.getBytes(StandardCharsets.ISO_8859_1))
                .toArray(byte[][]::new));
    }

    /** The characters that stand for {@code raw} alone, whatever stands {@code offset} bytes (modulo 3) before or after. */
    private void addBase64(byte[] raw, int offset) {
        byte[] shifted = new byte[offset + raw.length];
        System.arraycopy(raw, 0, shifted, offset, raw.length);
        int from = (offset * 8 + 5) / 6;
        int to = shifted.length * 8 / 6;
        if (to - from < 8) {
            return; // too short to tell from chance
        }
        needles.add(Base64.getEncoder().encodeToString(shifted).substring(from, to));
        needles.add(Base64.getUrlEncoder().encodeToString(shifted).substring(from, to));
    }

    /** A search over the parts of one request. */
    Search search() {
        AhoCorasicSearchProcessorFactory current = factory;
        return new Search(current == null ? null : current.newSearchProcessor());
    }

    /** One request's search; matches may span the buffers given to it between two resets. */
    static final class Search {
        private final @Nullable MultiSearchProcessor processor;
        private boolean found;

        private Search(@Nullable MultiSearchProcessor processor) {
            this.processor = processor;
        }

        /** Looks at text that stands alone. */
        void text(String text) {
            MultiSearchProcessor search = processor;
            if (search != null && !found) {
                search.reset();
                bytes(Unpooled.wrappedBuffer(text.getBytes(StandardCharsets.ISO_8859_1)));
                search.reset();
            }
        }

        /** Looks at the next bytes; borrows them. */
        void bytes(ByteBuf bytes) {
            MultiSearchProcessor search = processor;
            if (search != null && !found) {
                found = bytes.forEachByte(search) >= 0;
            }
        }

        /** Whether any part held a secret. */
        boolean found() {
            return found;
        }
    }
}
