package io.bedrockproxy.core.eventstream;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Walks the header block of one frame: {@code nameLength name type value}, again and again, to its exact end. */
final class HeaderBlock {
    private static final int STRING = 7;
    /** By type 0-9: the length of a value; -1 when two bytes in front of it tell. */
    private static final int[] VALUE_BYTES = {0, 0, 1, 2, 4, 8, -1, -1, 8, 16};

    // Names are compared as bytes, so that headers of no interest cost no string.
    private static final byte[] MESSAGE_TYPE = ascii(":message-type");
    private static final byte[] EVENT_TYPE = ascii(":event-type");
    private static final byte[] EXCEPTION_TYPE = ascii(":exception-type");
    private static final byte[] ERROR_CODE = ascii(":error-code");
    private static final byte[] ERROR_MESSAGE = ascii(":error-message");

    private final byte[] block;
    private final int end;
    private int at;

    private @Nullable String messageType;
    private @Nullable String eventType;
    private @Nullable String exceptionType;
    private @Nullable String errorCode;
    private @Nullable String errorMessage;

    private HeaderBlock(byte[] block, int length) {
        this.block = block;
        this.end = length;
    }

    /** The headers of interest, or null when the block breaks the format anywhere. */
    static @Nullable FrameHeaders parse(byte[] block, int length) {
        HeaderBlock walk = new HeaderBlock(block, length);
        while (walk.at < walk.end) {
            if (!walk.nextHeader()) {
                return null;
            }
        }
        return new FrameHeaders(
                walk.messageType, walk.eventType, walk.exceptionType, walk.errorCode, walk.errorMessage);
    }

    private boolean nextHeader() {
        int nameLength = block[at++] & 0xff;
        if (nameLength == 0 || nameLength >= end - at) {
            return false;
        }
        int name = at;
        at += nameLength;
        int type = block[at++] & 0xff;
        if (type >= VALUE_BYTES.length) {
            return false;
        }
        int valueLength = VALUE_BYTES[type];
        if (valueLength < 0) {
            if (end - at < 2) {
                return false;
            }
            valueLength = ((block[at] & 0xff) << 8) | (block[at + 1] & 0xff);
            at += 2;
        }
        if (end - at < valueLength) {
            return false;
        }
        if (type == STRING) {
            keep(name, nameLength, valueLength);
        }
        at += valueLength;
        return true;
    }

    private void keep(int name, int nameLength, int valueLength) {
        if (isAt(name, nameLength, MESSAGE_TYPE)) {
            messageType = text(valueLength);
        } else if (isAt(name, nameLength, EVENT_TYPE)) {
            eventType = text(valueLength);
        } else if (isAt(name, nameLength, EXCEPTION_TYPE)) {
            exceptionType = text(valueLength);
        } else if (isAt(name, nameLength, ERROR_CODE)) {
            errorCode = text(valueLength);
        } else if (isAt(name, nameLength, ERROR_MESSAGE)) {
            errorMessage = text(valueLength);
        }
    }

    private String text(int length) {
        return new String(block, at, length, StandardCharsets.UTF_8);
    }

    private boolean isAt(int from, int length, byte[] name) {
        return Arrays.equals(block, from, from + length, name, 0, name.length);
    }

    private static byte[] ascii(String name) {
        return name.getBytes(StandardCharsets.US_ASCII);
    }
}
