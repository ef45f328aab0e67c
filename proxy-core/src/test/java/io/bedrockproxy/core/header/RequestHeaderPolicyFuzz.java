package io.bedrockproxy.core.header;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.bedrockproxy.core.auth.PresentedSecret;
import io.bedrockproxy.core.auth.Secrets;
import io.bedrockproxy.core.http.Header;
import io.bedrockproxy.core.http.HeaderList;
import io.bedrockproxy.core.http.HopByHopHeaders;
import io.bedrockproxy.core.route.Route;
import io.bedrockproxy.core.route.RouteConfig;
import io.bedrockproxy.core.route.RouteResult;
import io.bedrockproxy.core.route.Router;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** Any header fields: what travels was received once, is listed, can be printed, and is not the secret. */
class RequestHeaderPolicyFuzz {
    private static final String SECRET = "0123456789abcdef";
    private static final PresentedSecret PRESENTED = Secrets.presented(SECRET);
    private static final String LISTED = "accept|content-type|x-team|anthropic-(version|beta)|x-amzn-bedrock-.*";
    private static final List<Route> ROUTES = Stream.of("/model/m/converse-stream", "/openai/v1/chat/completions")
            .map(RequestHeaderPolicyFuzz::route)
            .toList();

    private final RequestHeaderPolicy policy = new RequestHeaderPolicy(
            new HeaderConfig(List.of("x-team"), List.of("authorization", "x-api-key", "x-amzn-bedrock-key")));

    private static Route route(String path) {
        Router router = new Router(new RouteConfig(List.of()));
        return ((RouteResult.Matched) router.route("POST", path)).route();
    }

    /** @param input lines of a name, a colon and a value */
    @FuzzTest(maxDuration = "10m")
    void letsNothingElsePass(byte[] input) {
        List<Header> fields = new String(input, ISO_8859_1)
                .lines()
                .filter(line -> line.indexOf(':') > 0)
                .map(line -> line.split(":", 2))
                .map(parts -> new Header(parts[0], parts[1].strip()))
                .toList();
        HeaderList received = new HeaderList(fields);
        for (Route route : ROUTES) {
            if (policy.apply(received, route, PRESENTED) instanceof ForwardedHeaders.Passed passed) {
                check(passed, received);
                assertThat(policy.apply(new HeaderList(passed.headers()), route, PRESENTED))
                        .as("nothing to take away a second time")
                        .isInstanceOfSatisfying(
                                ForwardedHeaders.Passed.class,
                                again -> assertThat(again.headers()).isEqualTo(passed.headers()));
            }
        }
    }

    private static void check(ForwardedHeaders.Passed passed, HeaderList received) {
        Set<String> hopByHop = HopByHopHeaders.with(received.all("connection"));
        Set<String> names = new HashSet<>();
        for (Header header : passed.headers()) {
            assertThat(header.name()).matches(LISTED).isNotEqualTo("x-amzn-bedrock-key");
            assertThat(names.add(header.name())).as("once").isTrue();
            assertThat(hopByHop).doesNotContain(header.name());
            assertThat(header.value()).matches("[ -~]*").doesNotContain(SECRET);
            if (!header.name().equals("accept")) {
                assertThat(received.all(header.name())).containsExactly(header.value());
            }
        }
    }
}
