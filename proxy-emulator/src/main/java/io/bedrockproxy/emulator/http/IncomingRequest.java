package io.bedrockproxy.emulator.http;

import io.netty.buffer.ByteBuf;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;

/** A request that is still arriving: its body is hashed and searched as it comes, so that its end is cheap. */
final class IncomingRequest {
    private final RequestHead head;
    private final SecretScanner.Search search;
    private final MessageDigest digest = sha256();
    private byte[] body;
    private int bodyBytes;

    IncomingRequest(RequestHead head, SecretScanner scanner, int expectedBytes) {
        this.head = head;
        this.search = scanner.search();
        this.body = new byte[expectedBytes];
        search.text(head.target());
        for (HttpField field : head.headers()) {
            search.text(field.name());
            search.text(field.value());
        }
    }

    /** Adds a chunk; borrows it. */
    void add(ByteBuf chunk) {
        search.bytes(chunk);
        int length = chunk.readableBytes();
        if (bodyBytes + length > body.length) {
            body = Arrays.copyOf(body, Math.max(bodyBytes + length, 2 * body.length));
        }
        chunk.getBytes(chunk.readerIndex(), body, bodyBytes, length);
        digest.update(body, bodyBytes, length);
        bodyBytes += length;
    }

    /** How many body bytes have arrived. */
    int bodyBytes() {
        return bodyBytes;
    }

    /** The whole request. */
    ReceivedRequest finish() {
        return new ReceivedRequest(
                head,
                bodyBytes == body.length ? body : Arrays.copyOf(body, bodyBytes),
                HexFormat.of().formatHex(digest.digest()),
                search.found());
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e); // every JDK has it
        }
    }
}
