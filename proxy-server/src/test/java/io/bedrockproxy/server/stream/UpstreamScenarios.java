package io.bedrockproxy.server.stream;

import static io.bedrockproxy.server.stream.UpstreamScenario.End.CLOSE;
import static io.bedrockproxy.server.stream.UpstreamScenario.End.HOLD;
import static io.bedrockproxy.server.stream.UpstreamScenario.End.RESET;
import static io.bedrockproxy.server.stream.UpstreamScenario.broken;
import static io.bedrockproxy.server.stream.UpstreamScenario.brokenOrCut;
import static io.bedrockproxy.server.stream.UpstreamScenario.cut;
import static io.bedrockproxy.server.stream.UpstreamScenario.exceptionFrame;
import static io.bedrockproxy.server.stream.UpstreamScenario.failure;
import static io.bedrockproxy.server.stream.UpstreamScenario.whole;

import io.bedrockproxy.server.stream.UpstreamScenario.End;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.stream.Stream;

/** The table of upstream faults; {@link UpstreamScenariosIT} plays each row. */
final class UpstreamScenarios {
    private static final String OK = "HTTP/1.1 200 OK\r\n";
    private static final String SIZED = OK + "Content-Length: 100\r\n\r\n";
    private static final String CHUNKED = OK + "Content-Type: text/plain\r\nTransfer-Encoding: chunked\r\n\r\n";
    private static final String BROKEN_OFF = "The Bedrock endpoint broke off its answer.";
    private static final String SILENT = "Bedrock has sent nothing for too long.";

    private UpstreamScenarios() {}

    static Stream<UpstreamScenario> all() throws IOException {
        return Stream.of(stages(), streamStages(), notHttp(), framing(), heads(), chunks(), leftovers())
                .flatMap(rows -> rows);
    }

    private static UpstreamScenario of(String name, End end, String bytes, UpstreamScenario.Expectation expected) {
        return UpstreamScenario.of(name, end, bytes, expected);
    }

    /** Close, reset and silence at each stage of an answer. */
    private static Stream<UpstreamScenario> stages() {
        return Stream.of(
                        stage("before the head", "", null),
                        stage("inside the status line", "HTTP/1.1 20", null),
                        stage("behind the status line", OK, null),
                        stage("inside a header", OK + "Content-Le", null),
                        stage("before the head's empty line", OK + "Content-Length: 2\r\n", null),
                        stage("after an interim response", "HTTP/1.1 100 Continue\r\n\r\n", null),
                        stage("after the head", SIZED, ""),
                        stage("inside a sized body", SIZED + "half", "half"),
                        stage("after a chunked head", CHUNKED, ""),
                        stage("inside a chunk's size", CHUNKED + "4\r\nhalf\r\n1", "half"),
                        stage("inside a chunk", CHUNKED + "8\r\nhalf", "half"),
                        stage("behind a chunk's bytes", CHUNKED + "4\r\nhalf", "half"),
                        stage("between chunks", CHUNKED + "4\r\nhalf\r\n", "half"),
                        stage("behind the last chunk", CHUNKED + "4\r\nhalf\r\n0\r\n", "half"))
                .flatMap(rows -> rows);
    }

    /** @param body what is to come of the body; null before the head is complete */
    private static Stream<UpstreamScenario> stage(String where, String bytes, String body) {
        return Arrays.stream(End.values())
                .map(end -> of(
                        where,
                        end,
                        bytes,
                        body != null
                                // A reset may overtake what was sent before it.
                                ? end == RESET ? brokenOrCut(body) : cut(body)
                                : end == HOLD ? failure(504, "upstream-timeout") : broken()));
    }

    private static Stream<UpstreamScenario> streamStages() throws IOException {
        byte[] stream = StreamFile.all().stream()
                .filter(file -> file.name().equals("converse_full.bin"))
                .findFirst()
                .orElseThrow()
                .bytes();
        byte[] frame = Arrays.copyOf(stream, 174);
        byte[] inside = Arrays.copyOf(stream, 200);
        String insideText = new String(inside, StandardCharsets.UTF_8);
        return Stream.of(
                new UpstreamScenario("between frames", chunked(frame), CLOSE, exceptionFrame(frame, BROKEN_OFF)),
                new UpstreamScenario("between frames", chunked(frame), HOLD, exceptionFrame(frame, SILENT)),
                new UpstreamScenario("inside a frame", chunked(inside), CLOSE, cut(insideText)),
                new UpstreamScenario("inside a frame", chunked(inside), HOLD, cut(insideText)),
                new UpstreamScenario("inside a frame", chunked(inside), RESET, brokenOrCut(insideText)));
    }

    private static byte[] chunked(byte[] body) {
        return Responses.join(Responses.ascii(Responses.STREAM_HEAD), Responses.chunks(body, () -> Integer.MAX_VALUE));
    }

    private static Stream<UpstreamScenario> notHttp() {
        return Stream.of(
                of("HTML", HOLD, "<html>no</html>\r\n\r\n", broken()),
                of("HTTP/0.9", CLOSE, "{\"answer\":1}\r\n", broken()),
                of("SSH", HOLD, "SSH-2.0-OpenSSH_9.2\r\n", broken()),
                of("a TLS alert", CLOSE, "\u0015\u0003\u0003\u0000\u0002\u0002(", broken()),
                of("zero bytes", CLOSE, "\u0000".repeat(300), broken()),
                of("a line without end", HOLD, "a".repeat(100_000), broken()),
                of("shoutcast", HOLD, "ICY 200 OK\r\nContent-Length: 2\r\n\r\n{}", broken()),
                of("a version in lower case", HOLD, "http/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}", broken()),
                of("HTTP/2.0 in words", HOLD, "HTTP/2.0 200 OK\r\nContent-Length: 2\r\n\r\n{}", broken()),
                of("letters for a status", HOLD, "HTTP/1.1 2OO OK\r\nContent-Length: 2\r\n\r\n{}", broken()),
                of("a status of two digits", HOLD, "HTTP/1.1 20 OK\r\nContent-Length: 2\r\n\r\n{}", broken()),
                of("a status of four digits", HOLD, "HTTP/1.1 2000 OK\r\nContent-Length: 2\r\n\r\n{}", broken()),
                of("a status above 599", HOLD, "HTTP/1.1 777 OK\r\nContent-Length: 2\r\n\r\n{}", broken()),
                of("101", HOLD, "HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\n\r\n", broken()),
                of("a flood of 100", HOLD, "HTTP/1.1 100 Continue\r\n\r\n".repeat(50), broken()),
                of("a flood of 103", HOLD, "HTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\n".repeat(50), broken()));
    }

    private static Stream<UpstreamScenario> framing() {
        return Stream.of(
                head("both framings", "Content-Length: 2\r\nTransfer-Encoding: chunked"),
                head("both framings, the other way", "Transfer-Encoding: chunked\r\nContent-Length: 2"),
                head("two lengths", "Content-Length: 2\r\nContent-Length: 3"),
                head("the same length twice", "Content-Length: 2\r\nContent-Length: 2"),
                head("a list of lengths", "Content-Length: 2, 3"),
                head("a negative length", "Content-Length: -1"),
                head("a length with a sign", "Content-Length: +2"),
                head("a length in hex", "Content-Length: 0x2"),
                head("a length beyond 64 bits", "Content-Length: 99999999999999999999"),
                head("an empty length", "Content-Length:"),
                head("gzip and chunked", "Transfer-Encoding: gzip, chunked"),
                head("chunked, but not last", "Transfer-Encoding: chunked, identity"),
                head("an unknown transfer coding", "Transfer-Encoding: xchunked"),
                head("identity", "Transfer-Encoding: identity"),
                head("chunked twice", "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked"));
    }

    private static UpstreamScenario head(String name, String fields) {
        return of(name, HOLD, OK + fields + "\r\n\r\n{}", broken());
    }

    private static Stream<UpstreamScenario> heads() {
        return Stream.of(
                of(
                        "chunked in HTTP/1.0",
                        HOLD,
                        "HTTP/1.0 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
                        broken()),
                of("lines that end with LF only", HOLD, "HTTP/1.1 200 OK\nContent-Length: 2\n\n{}", broken()),
                head("one line that ends with LF only", "X: a\nContent-Length: 2"),
                head("CR in a header", "X: a\rb\r\nContent-Length: 2"),
                head("NUL in a header", "X: a\u0000b\r\nContent-Length: 2"),
                head("a control in a header", "X: a\u0001b\r\nContent-Length: 2"),
                head("no name", ": a\r\nContent-Length: 2"),
                head("no colon", "Content-Length 2\r\nContent-Length: 2"),
                head("a field of 100 KB", "X: " + "a".repeat(100_000) + "\r\nContent-Length: 2"),
                head("fields of 100 KB", ("X: " + "a".repeat(96) + "\r\n").repeat(1_000) + "Content-Length: 2"),
                head("1000 fields", "X: a\r\n".repeat(1_000) + "Content-Length: 2"),
                of("a status line of 100 KB", HOLD, "HTTP/1.1 200 " + "a".repeat(100_000) + "\r\n\r\n", broken()));
    }

    private static Stream<UpstreamScenario> chunks() {
        return Stream.of(
                chunk("a size that is no number", "zz\r\nhalf\r\n0\r\n\r\n"),
                chunk("a negative size", "-1\r\nhalf\r\n0\r\n\r\n"),
                chunk("a size with 0x", "0x4\r\nhalf\r\n0\r\n\r\n"),
                chunk("a size beyond 64 bits", "FFFFFFFFFFFFFFFFF4\r\nhalf\r\n0\r\n\r\n"),
                chunk("a size beyond 32 bits", "100000004\r\nhalf\r\n0\r\n\r\n"),
                chunk("no size", "\r\nhalf\r\n0\r\n\r\n"),
                chunk("a size with a space inside", "4 4\r\nhalf\r\n0\r\n\r\n"),
                chunk("a size that ends with LF only", "4\nhalf\r\n0\r\n\r\n"),
                chunk("a chunk longer than its size", "4\r\nhalfmore\r\n0\r\n\r\n"),
                chunk("a chunk that ends with LF only", "4\r\nhalf\n0\r\n\r\n"),
                chunk("an extension of 100 KB", "4;" + "a".repeat(100_000) + "\r\nhalf\r\n0\r\n\r\n"),
                chunk(
                        "trailers of 100 KB",
                        "4\r\nhalf\r\n0\r\n" + ("X: " + "a".repeat(96) + "\r\n").repeat(1_000) + "\r\n"),
                chunk("NUL in a trailer", "4\r\nhalf\r\n0\r\nX: a\u0000b\r\n\r\n"));
    }

    private static UpstreamScenario chunk(String name, String bytes) {
        return of(name, HOLD, CHUNKED + bytes, brokenOrCut("half"));
    }

    /** The answer is good; the connection behind it is not. */
    private static Stream<UpstreamScenario> leftovers() {
        String good = OK + "Content-Length: 2\r\n\r\n{}";
        return Stream.of(
                of("a second answer", HOLD, good + OK + "Content-Length: 6\r\n\r\npoison", whole(200, "{}")),
                of("half a second answer", HOLD, good + "HTTP/1.1 20", whole(200, "{}")),
                of("a byte behind the body", HOLD, good + "X", whole(200, "{}")),
                of("bytes behind the last chunk", HOLD, CHUNKED + "2\r\n{}\r\n0\r\n\r\nX", whole(200, "{}")),
                of("a body behind 204", HOLD, "HTTP/1.1 204 No Content\r\n\r\npoison", whole(204, "")),
                of("a length that is too short", HOLD, OK + "Content-Length: 2\r\n\r\n{}poison", whole(200, "{}")),
                of(
                        "a connection that is to close",
                        HOLD,
                        OK + "Connection: close\r\nContent-Length: 2\r\n\r\n{}",
                        whole(200, "{}")),
                of(
                        "an answer ended by close",
                        CLOSE,
                        OK + "Content-Type: application/json\r\n\r\n{}",
                        whole(200, "{}")),
                of(
                        "an early refusal",
                        CLOSE,
                        "HTTP/1.1 413 Too Large\r\nContent-Length: 2\r\n\r\n{}",
                        whole(413, "{}")));
    }
}
