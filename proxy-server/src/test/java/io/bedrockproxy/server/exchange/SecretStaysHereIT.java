package io.bedrockproxy.server.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import io.bedrockproxy.server.LeakCheck;
import io.bedrockproxy.server.LocalProxy;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A client's secret outside the places where it belongs ends as a bad request, and nothing of it goes upstream. */
@ExtendWith(LeakCheck.class)
class SecretStaysHereIT {
    private static final String MODEL = "amazon.nova-lite-v1:0";

    @AutoClose
    private static final LocalProxy PROXY = LocalProxy.start();

    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    static Stream<Arguments> places() {
        String secret = PROXY.secret();
        String encoded =
                HexFormat.of().withUpperCase().withPrefix("%").formatHex(secret.getBytes(StandardCharsets.US_ASCII));
        String invoke = "/model/" + MODEL + "/invoke";
        return Stream.of(
                argumentSet("as the model", "/model/" + secret + "/invoke", "accept", "*/*"),
                argumentSet("inside the model's id", "/model/x." + secret + "/invoke", "accept", "*/*"),
                argumentSet("encoded in the path", "/model/" + encoded + "/invoke", "accept", "*/*"),
                argumentSet("as a guardrail", "/guardrail/" + secret + "/version/1/apply", "accept", "*/*"),
                argumentSet("in the query", invoke + "?key=" + secret, "accept", "*/*"),
                argumentSet("in a query that travels", "/foundation-models?byProvider=" + secret, "accept", "*/*"),
                argumentSet("encoded in it", "/foundation-models?byProvider=" + encoded, "accept", "*/*"),
                argumentSet("in a header that travels", invoke, "x-amzn-bedrock-trace", secret),
                argumentSet("in the name of such a header", invoke, "x-amzn-bedrock-" + secret, "x"));
    }

    @ParameterizedTest
    @MethodSource("places")
    void refusesASecretWhereItDoesNotBelong(String target, String name, String value) throws Exception {
        long before = PROXY.emulator().recorder().requestCount();
        HttpRequest request = HttpRequest.newBuilder(PROXY.endpoint().resolve(target))
                .header("authorization", "Bearer " + PROXY.secret())
                .header(name, value)
                .POST(HttpRequest.BodyPublishers.ofString("{}"))
                .build();
        HttpResponse<String> response = CLIENT.send(request, HttpResponse.BodyHandlers.ofString());
        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(response.headers().firstValue("x-bedrock-proxy-failure")).contains("bad-request");
        assertThat(response.body()).doesNotContain(PROXY.secret());
        assertThat(PROXY.emulator().recorder().requestCount()).isEqualTo(before);
    }
}
