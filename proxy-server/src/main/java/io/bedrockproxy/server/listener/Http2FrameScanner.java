package io.bedrockproxy.server.listener;

import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http2.Http2CodecUtil;
import io.netty.handler.codec.http2.Http2Flags;
import io.netty.handler.codec.http2.Http2FrameTypes;

/**
 * Follows the frames of an HTTP/2 connection from its preface on by their nine-byte heads (RFC 9113 section 4.1), keeps
 * nothing of what passes, and judges nothing: that is the codec's.
 */
final class Http2FrameScanner {
    private static final int PREFACE_BYTES = 24; // RFC 9113 section 3.4
    private static final int LENGTH_BYTES = 3;
    private static final int TYPE_AT = 3;
    private static final int FLAGS_AT = 4;

    private final byte[] head = new byte[Http2CodecUtil.FRAME_HEADER_LENGTH];
    private int headBytes;

    /** Bytes that are left of the preface, and then of the payload of a frame. */
    private int toSkip = PREFACE_BYTES;

    private boolean settingsSeen;

    /** From the head of HEADERS to the end of the last frame of that header block. */
    private boolean inHeaderBlock;

    private boolean blockEndsHere;
    private int begun;

    /** Reads {@code bytes} without moving its index. How many of the frames that begin in it carry nothing of a request. */
    int scan(ByteBuf bytes) {
        int bare = 0;
        int at = bytes.readerIndex();
        while (true) {
            int skipped = Math.min(toSkip, bytes.writerIndex() - at);
            at += skipped;
            toSkip -= skipped;
            if (toSkip == 0 && blockEndsHere) {
                blockEndsHere = false;
                inHeaderBlock = false;
            }
            if (at == bytes.writerIndex()) {
                return bare;
            }
            head[headBytes++] = bytes.getByte(at++);
            if (headBytes == head.length) {
                headBytes = 0;
                bare += onFrameHead() ? 1 : 0;
            }
        }
    }

    /** Whether something is under way that has to be whole soon: the first SETTINGS, or a header block. */
    boolean isInHead() {
        return !settingsSeen || inHeaderBlock;
    }

    /** How many header blocks have begun so far. */
    int begun() {
        return begun;
    }

    private boolean onFrameHead() {
        int length = 0;
        for (int i = 0; i < LENGTH_BYTES; i++) {
            length = length << Byte.SIZE | (head[i] & 0xff);
        }
        toSkip = length;
        int type = head[TYPE_AT];
        int flags = head[FLAGS_AT];
        switch (type) {
            case Http2FrameTypes.HEADERS, Http2FrameTypes.CONTINUATION -> {
                begun += inHeaderBlock ? 0 : 1;
                inHeaderBlock = true;
                blockEndsHere = (flags & Http2Flags.END_HEADERS) != 0;
                return false;
            }
            case Http2FrameTypes.RST_STREAM -> {
                return false; // which the codec counts
            }
            case Http2FrameTypes.DATA -> {
                return length == 0 && (flags & Http2Flags.END_STREAM) == 0;
            }
            default -> {
                settingsSeen |= type == Http2FrameTypes.SETTINGS;
                return true;
            }
        }
    }
}
