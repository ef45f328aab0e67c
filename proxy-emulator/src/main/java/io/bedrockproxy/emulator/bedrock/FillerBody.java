package io.bedrockproxy.emulator.bedrock;

import io.bedrockproxy.emulator.http.AnswerBody;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** A JSON body of any size whose text is filler, made as the reader takes it. */
final class FillerBody implements AnswerBody {
    /** Stands in the template where the filler goes; JSON writes it unchanged. */
    static final String MARK = "@filler@";

    private static final byte[] FILLER = "x".repeat(64 * 1024).getBytes(StandardCharsets.US_ASCII);

    private final byte[] prefix;
    private final byte[] suffix;
    private final long length;
    private long position;

    private FillerBody(byte[] prefix, byte[] suffix, long fillerBytes) {
        this.prefix = prefix;
        this.suffix = suffix;
        this.length = prefix.length + fillerBytes + suffix.length;
    }

    /** {@code template} with {@code fillerBytes} in place of the mark. */
    static FillerBody ofText(byte[] template, long fillerBytes) {
        String text = new String(template, StandardCharsets.ISO_8859_1);
        int mark = text.indexOf(MARK);
        return new FillerBody(
                Arrays.copyOf(template, mark),
                Arrays.copyOfRange(template, mark + MARK.length(), template.length),
                Math.max(0, fillerBytes));
    }

    /** {@code template} filled up to {@code totalBytes}, or as small as it can be. */
    static FillerBody ofTotal(byte[] template, long totalBytes) {
        return ofText(template, totalBytes - (template.length - MARK.length()));
    }

    @Override
    public long length() {
        return length;
    }

    @Override
    public Duration pause() {
        return Duration.ZERO;
    }

    @Override
    public @Nullable ByteBuf next() {
        long fillerEnd = length - suffix.length;
        if (position == 0) {
            position = prefix.length;
            return Unpooled.wrappedBuffer(prefix);
        }
        if (position < fillerEnd) {
            int piece = (int) Math.min(FILLER.length, fillerEnd - position);
            position += piece;
            return Unpooled.wrappedBuffer(FILLER, 0, piece);
        }
        if (position == length) {
            return null;
        }
        position = length;
        return Unpooled.wrappedBuffer(suffix);
    }

    @Override
    public boolean endsInCut() {
        return false;
    }
}
