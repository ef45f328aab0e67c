package io.bedrockproxy.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every way to be wrong about a signature: changed before it was signed, or after. */
@ExtendWith(LeakCheck.class)
class WrongSignatureIT {
    private static final String CONVERSE = "/model/anthropic.claude-3-haiku-20240307-v1%3A0/converse";

    @TempDir
    static Path folder;

    private static LocalProxy proxy;

    @BeforeAll
    static void start() {
        proxy = IssuedKeys.addTo(LocalProxy.builder(), folder).start();
    }

    @AfterAll
    static void stop() {
        proxy.close();
    }

    private static SignedDraft draft() {
        return new SignedDraft("proxy.example:8443", CONVERSE, IssuedKeys.ID, IssuedKeys.SECRET);
    }

    private static String send(String request) throws IOException {
        try (RawHttp1 client = new RawHttp1(proxy.address())) {
            return client.send(request).response();
        }
    }

    private static long upstream() {
        return proxy.emulator().recorder().requestCount();
    }

    static Stream<Arguments> bad() {
        return Stream.of(unproven(), incomplete(), ofAnotherKind()).flatMap(arguments -> arguments);
    }

    private static Stream<Arguments> unproven() {
        String mismatch = "not one of a known access key over this request";
        return Stream.of(
                refused("wrong secret", mismatch, draft -> draft.secret = IssuedKeys.NARROW_SECRET, draft -> {}),
                refused("unknown id", mismatch, draft -> draft.id = "PRXYFFFFFFFFFFFFFFFF", draft -> {}),
                refused("id of another", mismatch, draft -> draft.id = IssuedKeys.NARROW_ID, draft -> {}),
                refused("old", "more than 5 minutes", draft -> draft.date(ago(6)), draft -> {}),
                refused("early", "more than 5 minutes", draft -> draft.date(ago(-6)), draft -> {}),
                refused("other date", mismatch, draft -> {}, draft -> draft.date(ago(1))),
                refused("changed body", mismatch, draft -> {}, draft -> draft.body = draft.body.replace('H', 'J')),
                refused("changed method", mismatch, draft -> {}, draft -> draft.method = "PUT"),
                refused("changed path", mismatch, draft -> {}, draft -> draft.target = CONVERSE + "-stream"),
                refused(
                        "other form of the path",
                        mismatch,
                        draft -> {},
                        draft -> draft.target = CONVERSE.replace("%3A", ":")),
                refused("a query added", mismatch, draft -> {}, draft -> draft.target = CONVERSE + "?a=b"),
                refused("other host", mismatch, draft -> {}, draft -> draft.replace("host", "other.example")),
                refused("other content type", mismatch, draft -> {}, draft -> draft.replace("content-type", "a/b")),
                refused("changed scope", mismatch, draft -> {}, draft -> draft.edit("eu-west-3", "eu-west-1")));
    }

    private static Stream<Arguments> incomplete() {
        return Stream.of(
                refused("host not signed", "does not cover", draft -> draft.notListed.add("host"), draft -> {}),
                refused("date not signed", "does not cover", draft -> draft.notListed.add("x-amz-date"), draft -> {}),
                refused(
                        "header not there",
                        "does not cover",
                        draft -> draft.alsoListed.add("x-not-there"),
                        draft -> {}),
                refused("header taken away", "does not cover", draft -> {}, draft -> draft.drop("content-type")),
                refused("name added", "does not cover", draft -> {}, draft -> draft.edit(";host", ";extra;host")),
                refused("no date", "does not cover", draft -> {}, draft -> draft.drop("x-amz-date")),
                refused("two dates", "date of the signature", draft -> {}, draft -> draft.again("x-amz-date")),
                refused(
                        "garbled date",
                        "date of the signature",
                        draft -> {},
                        draft -> draft.replace("x-amz-date", "now")),
                refused(
                        "impossible date",
                        "date of the signature",
                        draft -> {},
                        draft -> draft.replace(
                                "x-amz-date", draft.value("x-amz-date").substring(0, 9) + "246000Z")));
    }

    private static Stream<Arguments> ofAnotherKind() {
        String mismatch = "not one of a known access key over this request";
        return Stream.of(
                refused("other service", "another service", draft -> draft.service = "s3", draft -> {}),
                refused(
                        "session token",
                        "no session token",
                        draft -> draft.header("x-amz-security-token", "t"),
                        draft -> {}),
                refused(
                        "unsigned body",
                        "not cover the body",
                        draft -> draft.replace(SignedDraft.HASH, "UNSIGNED-PAYLOAD"),
                        draft -> {}),
                refused(
                        "chunk signatures",
                        "not cover the body",
                        draft -> draft.replace(SignedDraft.HASH, "STREAMING-AWS4-HMAC-SHA256-PAYLOAD"),
                        draft -> {}),
                refused(
                        "two hashes",
                        "not cover the body",
                        SignedDraft::tellHash,
                        draft -> draft.again(SignedDraft.HASH)),
                refused(
                        "other hash",
                        mismatch,
                        draft -> {},
                        draft -> draft.replace(SignedDraft.HASH, SignedDraft.sha256("other"))),
                refused("SigV4a", "without SigV4a", draft -> draft.algorithm = "AWS4-ECDSA-P256-SHA256", draft -> {}),
                refused("other case", "not taken", draft -> draft.algorithm = "aws4-hmac-sha256", draft -> {}),
                refused(
                        "no signature",
                        "no complete signature",
                        draft -> {},
                        draft -> draft.edit(", Signature=.*", "")),
                refused(
                        "presigned too",
                        "query is not taken",
                        draft -> {},
                        draft -> draft.target += "?X-Amz-Signature=x"),
                refused("a signature twice", "exactly one", draft -> {}, draft -> draft.again("authorization")),
                refused(
                        "a secret beside it",
                        "exactly one",
                        draft -> {},
                        draft -> draft.header("x-api-key", proxy.secret())),
                refused(
                        "a bearer beside it",
                        "exactly one",
                        draft -> {},
                        draft -> draft.header("authorization", "Bearer " + proxy.secret())));
    }

    @ParameterizedTest
    @MethodSource("bad")
    void isRefusedWhenItIsWrongAndNothingGoesUpstream(
            String message, Consumer<SignedDraft> before, Consumer<SignedDraft> after) throws IOException {
        for (boolean told : new boolean[] {false, true}) {
            long count = upstream();
            SignedDraft draft = told ? draft().tellHash() : draft();
            before.accept(draft);
            draft.sign();
            after.accept(draft);
            String answer = send(draft.text());
            assertThat(answer)
                    .startsWith("HTTP/1.1 401 ")
                    .containsIgnoringCase("x-amzn-errortype: UnrecognizedClientException")
                    .containsIgnoringCase("x-bedrock-proxy-failure: unauthenticated")
                    .containsIgnoringCase("www-authenticate: Bearer")
                    .contains(message)
                    .doesNotContain(IssuedKeys.SECRET, "signer", draft.value("authorization"));
            assertThat(upstream()).as("nothing upstream").isEqualTo(count);
            assertThat(send(draft().sign().text())).as("the next one").startsWith("HTTP/1.1 200 ");
        }
    }

    @Test
    void isNotUnderstoodWhereNoKeyWasIssued() throws Exception {
        try (LocalProxy plain = LocalProxy.start();
                RawHttp1 client = new RawHttp1(plain.address())) {
            assertThat(client.send(draft().sign().text()).response())
                    .startsWith("HTTP/1.1 401 ")
                    .contains("exactly one valid secret, such as 'Authorization: Bearer");
            assertThat(plain.emulator().recorder().requestCount()).isZero();
        }
    }

    private static Instant ago(int minutes) {
        return Instant.now().minus(Duration.ofMinutes(minutes));
    }

    private static Arguments refused(
            String name, String message, Consumer<SignedDraft> before, Consumer<SignedDraft> after) {
        return argumentSet(name, message, before, after);
    }
}
