package io.bedrockproxy.core.header;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import io.bedrockproxy.core.auth.PresentedSecret;
import io.bedrockproxy.core.auth.Secrets;
import io.bedrockproxy.core.failure.FailureKind;
import io.bedrockproxy.core.http.Header;
import io.bedrockproxy.core.http.HeaderList;
import io.bedrockproxy.core.http.WireCase;
import io.bedrockproxy.core.route.Operation;
import io.bedrockproxy.core.route.Route;
import io.bedrockproxy.core.route.Surface;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class RequestHeaderPolicyTest {
    private static final String SECRET = "0123456789abcdef";
    private static final PresentedSecret PRESENTED = Secrets.presented(SECRET);
    private static final String STREAM = "application/vnd.amazon.eventstream";

    private final RequestHeaderPolicy policy = new RequestHeaderPolicy(
            new HeaderConfig(List.of("x-team"), List.of("authorization", "x-api-key", "x-amzn-bedrock-key")));

    @Test
    void passesWhatTheSurfaceAndTheOperatorAllow() {
        assertThat(passed(
                        "Content-Type", "application/json",
                        "Accept", "image/png",
                        "X-Amzn-Bedrock-Trace", "ENABLED",
                        "x-amzn-bedrock-guardrailidentifier", "g",
                        "X-Team", "red  green"))
                .containsExactly(
                        new Header("content-type", "application/json"),
                        new Header("accept", "image/png"),
                        new Header("x-amzn-bedrock-trace", "ENABLED"),
                        new Header("x-amzn-bedrock-guardrailidentifier", "g"),
                        new Header("x-team", "red  green"));
    }

    @ParameterizedTest
    @CsvSource({
        "Authorization",
        "X-Api-Key",
        "X-Amzn-Bedrock-Key",
        "Cookie",
        "Host",
        "Content-Length",
        "Transfer-Encoding",
        "Expect",
        "TE",
        "Keep-Alive",
        "Upgrade",
        "Proxy-Authorization",
        "Accept-Encoding",
        "Content-Encoding",
        "User-Agent",
        "X-Amz-Date",
        "X-Amz-Security-Token",
        "X-Amz-Content-Sha256",
        "X-Amz-Target",
        "X-Amzn-Trace-Id",
        "amz-sdk-invocation-id",
        "Forwarded",
        "Via",
        "X-Forwarded-For",
        "X-Forwarded-Host",
        "X-HTTP-Method-Override",
        "X-Team2",
        "X-Amzn-BedrockX",
        "anthropic-version"
    })
    void dropsEverythingElse(String name) {
        assertThat(passed(name, SECRET, "Accept", "*/*")).containsExactly(new Header("accept", "*/*"));
    }

    @Test
    void dropsWhatConnectionNominates() {
        assertThat(passed(
                        "Connection", "close, X-Amzn-Bedrock-Trace",
                        "connection", "x-team",
                        "X-Amzn-Bedrock-Trace", "ENABLED",
                        "X-Team", "red",
                        "Accept", "*/*"))
                .containsExactly(new Header("accept", "*/*"));
    }

    static Stream<Arguments> bad() {
        return Stream.of(
                argumentSet("repeated", "x-team is there more than once", List.of("red", "blue")),
                argumentSet("repeated with one value", "x-team is there more than once", List.of("red", "red")),
                argumentSet("the secret", "x-team holds the secret", List.of(SECRET)),
                argumentSet("the secret inside", "x-team holds the secret", List.of("key=" + SECRET + ";")),
                argumentSet("line feed", "x-team holds other", List.of("a\nb")),
                argumentSet("carriage return", "x-team holds other", List.of("a\r")),
                argumentSet("zero", "x-team holds other", List.of("a\0")),
                argumentSet("tab", "x-team holds other", List.of("a\tb")),
                argumentSet("delete", "x-team holds other", List.of("a\u007f")),
                argumentSet("Latin-1", "x-team holds other", List.of("\u00e4")),
                argumentSet("beyond", "x-team holds other", List.of("\u20ac")));
    }

    @ParameterizedTest
    @MethodSource("bad")
    void refusesWhatCannotBePassedOnAsItIs(String why, List<String> values) {
        List<Header> headers =
                values.stream().map(value -> new Header("X-Team", value)).toList();
        ForwardedHeaders result = policy.apply(new HeaderList(headers), route(false), PRESENTED);
        assertThat(((ForwardedHeaders.Refused) result).failure()).satisfies(failure -> {
            assertThat(failure.kind()).isEqualTo(FailureKind.BAD_REQUEST);
            assertThat(failure.message()).contains(why).doesNotContain(SECRET);
        });
    }

    @Test
    void refusesASecretInAName() {
        HeaderList headers = HeaderList.of("X-Amzn-Bedrock-" + SECRET.toUpperCase(Locale.ROOT), "x");
        ForwardedHeaders result = policy.apply(headers, route(false), PRESENTED);
        assertThat(((ForwardedHeaders.Refused) result).failure().message())
                .isEqualTo("The name of a header holds the secret.");
    }

    @Test
    void doesNotCareForBadHeadersThatStayHere() {
        assertThat(passed("X-Other", "\u00e4", "X-Other", SECRET, "Cookie", "\0"))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "plain | text/event-stream | true",
                "upper case | TEXT/Event-Stream | true",
                "with a charset | text/event-stream; charset=utf-8 | true",
                "one of several | application/json, text/event-stream | true",
                "both | text/event-stream, " + STREAM + " | false",
                "both, with quality | " + STREAM + ";q=0.5 , text/event-stream | false",
                "native | " + STREAM + " | false",
                "anything | */* | false",
                "looks like it | text/event-streams | false",
                "a parameter | text/plain; x=text/event-stream | false",
                "empty | '' | false"
            })
    void rewritesAcceptWhenServerSentEventsAreAskedFor(String name, String accept, boolean expected) {
        HeaderList headers = HeaderList.of("Accept", accept);
        ForwardedHeaders.Passed stream = (ForwardedHeaders.Passed) policy.apply(headers, route(true), PRESENTED);
        assertThat(stream.wantsServerSentEvents()).as(name).isEqualTo(expected);
        assertThat(stream.headers()).containsExactly(new Header("accept", expected ? STREAM : accept));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "text/event-stream | false",
                "TEXT/EVENT-STREAM; charset=utf-8 | false",
                "text/event-stream;q=0.1 | false",
                "text/event-stream, */*;q=0 | false",
                "application/json;q=0.000, text/event-stream | false",
                "text/event-stream, text/event-stream;level=1, | false",
                "text/event-stream, */* | true",
                "text/event-stream, application/json;q=0.001 | true",
                "text/event-stream, text/* | true",
                "text/event-stream;q=0 | true",
                "text/event-stream;q=0.0, application/json | true",
                "text/event-streams | true",
                "application/json | true",
                "*/* | true",
                "'' | true"
            })
    void refusesServerSentEventsAloneWhereThereIsNoStream(String accept, boolean passes) {
        HeaderList headers = HeaderList.of("Accept", accept);
        ForwardedHeaders result = policy.apply(headers, route(false), PRESENTED);
        if (passes) {
            ForwardedHeaders.Passed passed = (ForwardedHeaders.Passed) result;
            assertThat(passed.wantsServerSentEvents()).isFalse();
            assertThat(passed.headers()).containsExactly(new Header("accept", accept));
        } else {
            assertThat(((ForwardedHeaders.Refused) result).failure()).satisfies(failure -> {
                assertThat(failure.kind()).isEqualTo(FailureKind.BAD_REQUEST);
                assertThat(failure.message())
                        .isEqualTo("InvokeModel has no stream to answer 'Accept: text/event-stream' with (expected: the"
                                + " operation InvokeModelWithResponseStream, or 'Accept: application/json').");
            });
        }
    }

    @Test
    void namesNoStreamWhereThereIsNone() {
        Operation operation = new Operation("CountTokens", "inference");
        Route route =
                new Route(Surface.RUNTIME, operation, "m", null, null, "POST", "/model/m/count-tokens", "", false);
        ForwardedHeaders result = policy.apply(HeaderList.of("Accept", "text/event-stream"), route, PRESENTED);
        assertThat(((ForwardedHeaders.Refused) result).failure().message())
                .startsWith("CountTokens has no stream")
                .endsWith("(expected: 'Accept: application/json').");
    }

    static Stream<WireCase> wireCases() {
        return Stream.of("H", "I")
                .flatMap(WireCase::family)
                .filter(wire -> wire.must().equals("either"));
    }

    @ParameterizedTest
    @MethodSource("wireCases")
    void letsNothingOfTheWireCasesThrough(WireCase wire) {
        HeaderList headers = new HeaderList(wire.headers(SECRET));
        if (policy.apply(headers, route(false), PRESENTED) instanceof ForwardedHeaders.Passed passed) {
            assertThat(passed.headers()).allSatisfy(header -> {
                assertThat(header.name()).isIn("content-type", "accept", "x-amzn-bedrock-trace");
                assertThat(header.value()).doesNotContain("kit-evil", "kit.local", SECRET);
            });
        } else {
            assertThat(wire.id()).as("a header of the model is repeated").isEqualTo("I28");
        }
    }

    private List<Header> passed(String... namesAndValues) {
        ForwardedHeaders result = policy.apply(HeaderList.of(namesAndValues), route(false), PRESENTED);
        return ((ForwardedHeaders.Passed) result).headers();
    }

    private static Route route(boolean isEventStream) {
        Operation operation = new Operation("InvokeModel", "inference");
        return new Route(Surface.RUNTIME, operation, "m", null, null, "POST", "/model/m/invoke", "", isEventStream);
    }
}
