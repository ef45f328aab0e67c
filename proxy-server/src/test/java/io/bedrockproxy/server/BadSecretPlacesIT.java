package io.bedrockproxy.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Mistakes that people make with secrets and streams: each has an answer that says what is wrong, and goes nowhere. */
@ExtendWith(LeakCheck.class)
class BadSecretPlacesIT {
    @AutoClose
    private final LocalProxy proxy = LocalProxy.builder()
            .config("clients.second { role = test, secrets = [ { sha256 = "
                    + LocalProxy.sha256("the-secret-of-another-client") + " } ] }")
            .start();

    private String send(String target, String headers) throws IOException {
        try (RawHttp1 client = new RawHttp1(proxy.address())) {
            return client.send("POST " + target + " HTTP/1.1\r\nHost: x\r\n"
                            + headers.replace("|", "\r\n").replace("SECRET", proxy.secret())
                            + "\r\nContent-Length: 2\r\n\r\n{}")
                    .response();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "Authorization: Bearer SECRET|x-api-key: the-secret-of-another-client",
        "Authorization: Bearer SECRET|x-api-key: 0123456789abcdef",
        "x-api-key: SECRET|api-key: the-secret-of-another-client",
        "x-api-key: SECRET|x-api-key: SECRET"
    })
    void twoSecretsAreOneTooMany(String headers) throws IOException {
        assertThat(send("/model/" + Calls.MODEL + "/invoke", headers))
                .startsWith("HTTP/1.1 401 ")
                .contains("exactly one valid secret")
                .doesNotContain(proxy.secret(), "the-secret-of-another-client");
        assertThat(proxy.emulator().recorder().requestCount()).isZero();
    }

    @ParameterizedTest
    @CsvSource({
        "api_key=SECRET, A secret in the query is not taken",
        "API-Key=SECRET&x=y, A secret in the query is not taken",
        "x=y&access%5Ftoken=SECRET, A secret in the query is not taken",
        "X-Amz-Credential=SECRET&X-Amz-Signature=0, A secret in the query is not taken",
        "other=SECRET, exactly one valid secret"
    })
    void aSecretInTheQueryIsNotTakenAndNotLogged(String query, String message) throws IOException {
        try (CapturedLog log = new CapturedLog()) {
            String target = "/model/" + Calls.MODEL + "/invoke?" + query.replace("SECRET", proxy.secret());
            assertThat(send(target, "Accept: */*"))
                    .startsWith("HTTP/1.1 401 ")
                    .contains(message)
                    .doesNotContain(proxy.secret());
            assertThat(send(target, "Authorization: Bearer SECRET"))
                    .as("with a secret where it belongs")
                    .startsWith("HTTP/1.1 400 ")
                    .contains("The query holds the secret, which belongs in a header.")
                    .doesNotContain(proxy.secret());
            await().atMost(Duration.ofSeconds(20))
                    .until(() -> log.lines().stream()
                                    .filter(line -> line.contains("\"outcome\":"))
                                    .count()
                            == 2);
            List<String> lines = log.lines();
            assertThat(String.join("\n", lines)).doesNotContain(proxy.secret(), "api_key", "Amz-Cred", "other=");
            assertThat(proxy.emulator().recorder().requestCount()).isZero();
        }
    }

    @Test
    void serverSentEventsOfAnOperationWithoutThemAreABadRequest() throws IOException {
        String secret = "Authorization: Bearer SECRET|Accept: text/event-stream";
        assertThat(send("/model/" + Calls.MODEL + "/converse", secret))
                .startsWith("HTTP/1.1 400 ")
                .contains("x-bedrock-proxy-failure: bad-request")
                .contains("Converse has no stream", "the operation ConverseStream");
        assertThat(proxy.emulator().recorder().requestCount()).isZero();
        assertThat(send("/model/" + Calls.MODEL + "/converse", secret + ", */*;q=0.1"))
                .startsWith("HTTP/1.1 200 ");
    }
}
