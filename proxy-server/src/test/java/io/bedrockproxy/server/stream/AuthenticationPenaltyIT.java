package io.bedrockproxy.server.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.bedrockproxy.server.LeakCheck;
import io.bedrockproxy.server.LocalProxy;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Somebody guesses, while others at the same address have the right secret. */
@ExtendWith(LeakCheck.class)
class AuthenticationPenaltyIT {
    private static final String INVOKE = "/model/anthropic.claude-v2/invoke";
    private static final String WRONG = "not-the-secret-of-anybody";

    /** More than are answered before it is one too many, and than can be forgiven on the way. */
    private static final int GUESSES = 200;

    @AutoClose
    private final LocalProxy proxy = LocalProxy.start();

    private static String request(String secret) {
        return "POST " + INVOKE + " HTTP/1.1\r\nHost: proxy\r\nAuthorization: Bearer " + secret
                + "\r\nContent-Length: 2\r\n\r\n{}";
    }

    /** On connections of their own, all at once: which are slowed does not add up. */
    private List<Received> guessOverHttp1() throws IOException {
        List<Http1Client> clients = new ArrayList<>();
        List<Received> answers = new ArrayList<>();
        try {
            for (int i = 0; i < GUESSES; i++) {
                Http1Client client = new Http1Client(proxy.address());
                clients.add(client);
                client.send(request(WRONG));
            }
            for (Http1Client client : clients) {
                answers.add(client.receive());
            }
        } finally {
            for (Http1Client client : clients) {
                client.close();
            }
        }
        return answers;
    }

    private static Http2Call call(Http2Client client, String secret) {
        Http2Call call = client.newCall().head("POST", INVOKE, Map.of("authorization", "Bearer " + secret), false);
        call.data(new byte[] {'{', '}'}, 2, true);
        return call;
    }

    private static List<Received> guessOverHttp2(Http2Client client) throws IOException {
        List<Received> answers = new ArrayList<>();
        for (int round = 0; round < GUESSES / 50; round++) {
            List<Http2Call> calls = new ArrayList<>();
            for (int i = 0; i < 50; i++) {
                calls.add(call(client, WRONG));
            }
            for (Http2Call each : calls) {
                answers.add(each.receive());
            }
        }
        return answers;
    }

    private static void assertPenalised(List<Received> answers) {
        assertThat(answers).allSatisfy(answer -> {
            assertThat(answer.isWhole()).isTrue();
            if (answer.status() == 401) {
                assertThat(answer.failure()).isEqualTo("unauthenticated");
            } else {
                assertThat(answer.status()).isEqualTo(429);
                assertThat(answer.failure()).isEqualTo("too-many-failures");
                assertThat(answer.header("x-amzn-errortype")).isEqualTo("ThrottlingException");
                assertThat(answer.header("retry-after")).isEqualTo("2");
                assertThat(answer.text()).contains("no valid secret").doesNotContain(WRONG);
            }
        });
        assertThat(answers).filteredOn(answer -> answer.status() == 401).hasSizeGreaterThanOrEqualTo(100);
        assertThat(answers).filteredOn(answer -> answer.status() == 429).isNotEmpty();
    }

    private void assertRightSecretsPass() throws IOException {
        for (Protocol protocol : Protocol.values()) {
            assertThat(protocol.call(proxy, INVOKE, "application/json").status())
                    .isEqualTo(200);
        }
        assertThat(proxy.emulator().recorder().requestCount())
                .as("nothing else went upstream")
                .isEqualTo(Protocol.values().length);
    }

    @Test
    void guessesOverHttp1AreOneTooManySometimeAndARightSecretIsNot() throws IOException {
        assertPenalised(guessOverHttp1());
        assertRightSecretsPass();
        assertThat(Http1Client.post(proxy.address(), "1.1", INVOKE, WRONG).failure())
                .isEqualTo("too-many-failures");
    }

    @Test
    void guessesOverHttp2AreOneTooManySometimeAndARightSecretIsNotEvenOnTheSameConnection() throws IOException {
        try (Http2Client client = new Http2Client(proxy.address())) {
            assertPenalised(guessOverHttp2(client));
            assertThat(call(client, proxy.secret()).receive().status()).isEqualTo(200);
            assertThat(call(client, WRONG).receive().status()).isEqualTo(429);
            assertThat(client.isOpen()).isTrue();
        }
    }

    /** One slow answer after the other: who is made to wait cannot have more requests waiting. */
    @Test
    void answersPipelinedGuessesInOrderAndThenTheGoodRequestBehindThem() throws IOException {
        int pipelined = 60;
        try (Http1Client client = new Http1Client(proxy.address())) {
            client.send(request(WRONG).repeat(pipelined) + request(proxy.secret()));
            for (int i = 0; i < pipelined; i++) {
                assertThat(client.receive().status()).isEqualTo(401);
                assertThat(proxy.emulator().recorder().requestCount()).isZero();
            }
            assertThat(client.receive().status()).isEqualTo(200);
        }
    }

    @Test
    void aWaitingGuessDoesNotHoldItsBody() throws IOException {
        try (Http1Client guesser = new Http1Client(proxy.address())) {
            guesser.send(request(WRONG).repeat(60));
            for (int i = 0; i < 60; i++) {
                assertThat(guesser.receive().status()).isEqualTo(401);
            }
            guesser.send("POST " + INVOKE + " HTTP/1.1\r\nHost: proxy\r\nAuthorization: Bearer " + WRONG
                    + "\r\nContent-Length: 100000\r\n\r\n");
            guesser.send(new byte[100_000]);
            assertThat(guesser.receive().status()).isEqualTo(401);
            guesser.send(request(proxy.secret()));
            assertThat(guesser.receive().status())
                    .as("behind a body that was dropped")
                    .isEqualTo(200);
        }
    }
}
