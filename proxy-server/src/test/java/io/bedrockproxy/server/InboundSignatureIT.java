package io.bedrockproxy.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import io.bedrockproxy.emulator.http.HttpField;
import io.bedrockproxy.emulator.recording.RecordedRequest;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
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
import org.junit.jupiter.params.provider.ValueSource;

/** Requests that are signed with an issued key, and every way to be wrong about it. */
@ExtendWith(LeakCheck.class)
class InboundSignatureIT {
    private static final String MODEL = "anthropic.claude-3-haiku-20240307-v1";
    private static final String CONVERSE = "/model/" + MODEL + "%3A0/converse";

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

    static Stream<Arguments> good() {
        return Stream.of(
                argumentSet("as curl signs", change(draft -> {})),
                argumentSet("as an SDK signs", change(SignedDraft::tellHash)),
                argumentSet("a colon in the path", change(draft -> draft.target = "/model/" + MODEL + ":0/converse")),
                argumentSet("a path signed as it is sent", change(draft -> {
                    draft.target = "/model/" + MODEL + ":0/converse";
                    draft.canonicalPath = draft.target;
                })),
                argumentSet("an encoded path signed as it is sent", change(draft -> draft.canonicalPath = CONVERSE)),
                argumentSet("behind a prefix", change(draft -> draft.target = "/bedrock" + CONVERSE)),
                argumentSet("a doubled slash behind it", change(draft -> {
                    draft.target = "/bedrock/" + CONVERSE;
                    draft.canonicalPath = "/bedrock" + CONVERSE.replace("%", "%25");
                })),
                argumentSet("the authority of HTTP/2", change(draft -> {
                    draft.header(":authority", draft.value("host"));
                    draft.notListed.add("host");
                })),
                argumentSet("the least that must be signed", change(draft -> draft.notListed.add("content-type"))),
                argumentSet("a header more", change(draft -> draft.header("x-amz-user-agent", "aws-sdk-js/3"))),
                argumentSet("a header that is not signed", change(draft -> {
                    draft.header("x-amz-cf-id", "added on the way");
                    draft.notListed.add("x-amz-cf-id");
                })),
                argumentSet("four minutes late", change(draft -> draft.date(ago(4)))),
                argumentSet("four minutes early", change(draft -> draft.date(ago(-4)))),
                argumentSet("another region", change(draft -> draft.region = "ap-south-1")),
                argumentSet("a service of the family", change(draft -> draft.service = "bedrock-mantle")),
                argumentSet("a read with a query", change(draft -> {
                    draft.method = "GET";
                    draft.body = "";
                    draft.target = "/foundation-models?byProvider=Amazon&byInferenceType=ON_DEMAND";
                    draft.query = "byInferenceType=ON_DEMAND&byProvider=Amazon";
                })));
    }

    @ParameterizedTest
    @MethodSource("good")
    void passesAndIsSignedAnewForTheRole(Consumer<SignedDraft> change) throws IOException {
        SignedDraft draft = draft();
        change.accept(draft);
        draft.sign();
        draft.headers.removeIf(header -> header[0].startsWith(":"));
        assertThat(send(draft.text())).startsWith("HTTP/1.1 200 ");

        RecordedRequest recorded = proxy.emulator().recorder().last();
        assertThat(recorded.verified()).isTrue();
        assertThat(recorded.session()).as("signed as the role").isNotNull();
        assertThat(recorded.sessionName()).isEqualTo("signer");
        assertThat(proxy.emulator().recorder().leakCount()).isZero();
        assertThat(recorded.headers())
                .extracting(HttpField::name)
                .as("every x-amz-* is the proxy's own")
                .filteredOn(name -> name.toLowerCase(java.util.Locale.ROOT).startsWith("x-amz-"))
                .containsExactlyInAnyOrder("x-amz-date", "x-amz-content-sha256", "x-amz-security-token");
        assertThat(recorded.header("authorization")).doesNotContain(IssuedKeys.ID, "eu-west-3", "ap-south-1");
    }

    /** Rules are told to those only who have proved who they are, whenever that is. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void comesUnderTheRulesOfItsClient(boolean told) throws IOException {
        SignedDraft narrow = new SignedDraft("x", CONVERSE, IssuedKeys.NARROW_ID, IssuedKeys.NARROW_SECRET);
        assertThat(send((told ? narrow.tellHash() : narrow).sign().text()))
                .startsWith("HTTP/1.1 403 ")
                .contains("x-bedrock-proxy-failure: forbidden-model");
        SignedDraft guess = new SignedDraft("x", CONVERSE, IssuedKeys.NARROW_ID, "0123456789abcdef");
        assertThat(send((told ? guess.tellHash() : guess).sign().text())).startsWith("HTTP/1.1 401 ");
        SignedDraft lost = new SignedDraft("x", "/nowhere", IssuedKeys.NARROW_ID, "0123456789abcdef");
        assertThat(send((told ? lost.tellHash() : lost).sign().text())).startsWith("HTTP/1.1 401 ");
    }

    @Test
    void isNotAskedForItsBodyBeforeItsKeyAndDateAreKnown() throws IOException {
        SignedDraft unknown = draft();
        unknown.id = "PRXYFFFFFFFFFFFFFFFF";
        try (RawHttp1 client = new RawHttp1(proxy.address())) {
            assertThat(client.send(unknown.sign().head("Expect: 100-continue\r\n"))
                            .head())
                    .startsWith("HTTP/1.1 401 ");
        }
        SignedDraft known = draft();
        try (RawHttp1 client = new RawHttp1(proxy.address())) {
            assertThat(client.send(known.sign().head("Expect: 100-continue\r\n"))
                            .head())
                    .startsWith("HTTP/1.1 100 ");
            assertThat(client.send(known.body).response()).startsWith("HTTP/1.1 200 ");
        }
        SignedDraft wrong = draft().tellHash();
        wrong.secret = "0123456789abcdef";
        try (RawHttp1 client = new RawHttp1(proxy.address())) {
            assertThat(client.send(wrong.sign().head("Expect: 100-continue\r\n"))
                            .head())
                    .as("the whole signature can be judged")
                    .startsWith("HTTP/1.1 401 ");
        }
    }

    /** The AWS SDK for JavaScript signs {@code :authority} where others sign {@code host}. */
    @Test
    void isGoodOverTheAuthorityOfAnHttp2Client() throws Exception {
        try (LocalProxy tls =
                IssuedKeys.addTo(LocalProxy.builder().downstreamTls(), folder).start()) {
            HttpClient client = HttpClient.newBuilder()
                    .version(HttpClient.Version.HTTP_2)
                    .sslContext(CaTrust.context(tls.caFile()))
                    .build();
            for (String authority : List.of(tls.endpoint().getAuthority(), "other.example")) {
                SignedDraft draft = new SignedDraft("", CONVERSE, IssuedKeys.ID, IssuedKeys.SECRET);
                draft.drop("host");
                draft.header(":authority", authority).tellHash().sign();
                HttpRequest.Builder request = HttpRequest.newBuilder(
                                tls.endpoint().resolve(CONVERSE))
                        .POST(HttpRequest.BodyPublishers.ofString(draft.body));
                draft.headers.stream()
                        .filter(header -> !header[0].startsWith(":"))
                        .forEach(header -> request.header(header[0], header[1]));
                HttpResponse<String> answer = client.send(request.build(), HttpResponse.BodyHandlers.ofString());
                assertThat(answer.version()).isEqualTo(HttpClient.Version.HTTP_2);
                assertThat(answer.statusCode()).isEqualTo(authority.equals("other.example") ? 401 : 200);
            }
        }
    }

    @Test
    void changesWithTheFileOfItsSecret() throws Exception {
        Path changing = Files.createDirectory(folder.resolve("changing"));
        try (LocalProxy reloaded =
                IssuedKeys.addTo(LocalProxy.builder(), changing).start()) {
            Files.writeString(changing.resolve("signer"), "a-new-secret-for-the-same-id");
            reloaded.server().reload().toCompletableFuture().join();
            SignedDraft renewed = draft();
            renewed.secret = "a-new-secret-for-the-same-id";
            try (RawHttp1 client = new RawHttp1(reloaded.address())) {
                assertThat(client.send(draft().sign().text()).response()).startsWith("HTTP/1.1 401 ");
                assertThat(client.send(renewed.sign().text()).response()).startsWith("HTTP/1.1 200 ");
                Files.writeString(changing.resolve("signer"), "");
                reloaded.server().reload().toCompletableFuture().join();
                SignedDraft revoked = draft();
                revoked.secret = renewed.secret;
                assertThat(client.send(revoked.sign().text()).response()).startsWith("HTTP/1.1 401 ");
            }
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void hasNoBodyWhereThereIsNone(boolean told) throws IOException {
        SignedDraft read = draft();
        read.method = "GET";
        read.target = "/foundation-models";
        read = told ? read.tellHash() : read;
        assertThat(send(read.sign().text())).startsWith("HTTP/1.1 400 ").contains("takes no request body");
    }

    @Test
    void isLoggedUnderTheNameOfItsClientAndWithoutWhatIsSecret() throws IOException {
        try (CapturedLog log = new CapturedLog()) {
            SignedDraft good = draft().sign();
            send(good.text());
            SignedDraft forged = draft().sign();
            forged.body = forged.body + " ";
            send(forged.text());
            await().atMost(Duration.ofSeconds(20)).until(() -> exchanges(log).size() >= 2);
            List<String> lines = exchanges(log);
            assertThat(lines.get(0)).contains("\"client\":\"signer\"", "\"operation\":\"Converse\"");
            assertThat(lines.get(1)).contains("\"status\":401").doesNotContain("signer", "Converse");
            assertThat(String.join("\n", log.lines()))
                    .doesNotContain(IssuedKeys.SECRET, "AWS4-HMAC", "Signature", good.value("x-amz-date"));
        }
    }

    private static List<String> exchanges(CapturedLog log) {
        return log.lines().stream()
                .filter(line -> line.contains("\"outcome\":"))
                .toList();
    }

    private static Instant ago(int minutes) {
        return Instant.now().minus(Duration.ofMinutes(minutes));
    }

    private static Consumer<SignedDraft> change(Consumer<SignedDraft> change) {
        return change;
    }
}
