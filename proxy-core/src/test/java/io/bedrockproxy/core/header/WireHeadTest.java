package io.bedrockproxy.core.header;

import static org.assertj.core.api.Assertions.assertThat;

import io.bedrockproxy.core.auth.AuthConfig;
import io.bedrockproxy.core.auth.AuthDecision;
import io.bedrockproxy.core.auth.Authenticator;
import io.bedrockproxy.core.auth.Client;
import io.bedrockproxy.core.auth.SecretDigest;
import io.bedrockproxy.core.failure.Failure;
import io.bedrockproxy.core.http.Header;
import io.bedrockproxy.core.http.HeaderList;
import io.bedrockproxy.core.http.WireCase;
import io.bedrockproxy.core.route.Route;
import io.bedrockproxy.core.route.RouteConfig;
import io.bedrockproxy.core.route.RouteResult;
import io.bedrockproxy.core.route.Router;
import io.bedrockproxy.core.rule.ModelRules;
import io.bedrockproxy.core.rule.OperationRules;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The heads of the shared wire cases through all that judges a head; their framing is the server's business. */
class WireHeadTest {
    private static final String SECRET = "kit-secret-0123456789abcdef";

    private final AuthConfig auth = new AuthConfig(List.of("x-api-key", "api-key"));
    private final Router router = new Router(new RouteConfig(List.of("/bedrock")));
    private final RequestHeaderPolicy policy = new RequestHeaderPolicy(new HeaderConfig(List.of(), auth.headerNames()));

    /** What becomes of a head. */
    private sealed interface End {
        /** It goes upstream as this text. */
        record Forwarded(String text) implements End {}

        /** It does not. */
        record Refused(Failure failure) implements End {}
    }

    static Stream<WireCase> heads() {
        return Stream.of("A", "B", "H", "I", "P").flatMap(WireCase::family);
    }

    @ParameterizedTest
    @MethodSource("heads")
    void comeToTheRightEnd(WireCase wire) throws NoSuchAlgorithmException {
        End end = judge(wire);
        if (end instanceof End.Forwarded forwarded) {
            assertThat(wire.must()).isIn("forward", "either");
            assertThat(forwarded.text()).doesNotContain(SECRET).doesNotContainIgnoringCase("kit-evil");
        } else if (end instanceof End.Refused refused) {
            assertThat(wire.must()).as(refused.failure().message()).isIn("reject", "local", "either");
            assertThat(refused.failure().kind().status()).isBetween(400, 499);
            assertThat(refused.failure().toString()).doesNotContain(SECRET).doesNotContainIgnoringCase("kit-evil");
        }
    }

    /** Where a refusal would do as well, what has one meaning only is served. */
    @ParameterizedTest
    @ValueSource(strings = {"A24", "A28", "B05", "B06", "P27", "P43", "P44", "P47", "I01", "I11", "I13", "I18"})
    void areServedWithTheirOneMeaning(String id) throws NoSuchAlgorithmException {
        WireCase wire = heads().filter(one -> one.id().equals(id)).findFirst().orElseThrow();

        assertThat(judge(wire))
                .isInstanceOfSatisfying(
                        End.Forwarded.class,
                        forwarded -> assertThat(forwarded.text()).matches("(?s)/model/[A-Za-z0-9._~%-]+/invoke\n.*"));
    }

    private End judge(WireCase wire) throws NoSuchAlgorithmException {
        HeaderList headers = new HeaderList(wire.headers(SECRET));
        AuthDecision decision = authenticator().authenticate(wire.method(), wire.target(), headers, Instant.EPOCH);
        if (decision instanceof AuthDecision.Denied denied) {
            return new End.Refused(denied.failure());
        }
        RouteResult result = router.route(wire.method(), wire.target());
        if (result instanceof RouteResult.Refused refused) {
            return new End.Refused(refused.failure());
        }
        Route route = ((RouteResult.Matched) result).route();
        ForwardedHeaders forwarded = policy.apply(headers, route, ((AuthDecision.Granted) decision).secret());
        if (forwarded instanceof ForwardedHeaders.Refused refused) {
            return new End.Refused(refused.failure());
        }
        return new End.Forwarded(text(route, ((ForwardedHeaders.Passed) forwarded).headers()));
    }

    private static String text(Route route, List<Header> headers) {
        return headers.stream()
                .map(header -> header.name() + ": " + header.value() + '\n')
                .collect(Collectors.joining("", route.path() + '\n', route.query()));
    }

    private Authenticator authenticator() throws NoSuchAlgorithmException {
        byte[] sha256 = MessageDigest.getInstance("SHA-256").digest(SECRET.getBytes(StandardCharsets.UTF_8));
        Client client = new Client(
                "kit",
                List.of(SecretDigest.ofSha256(sha256)),
                List.of(),
                null,
                new ModelRules(List.of("*")),
                new OperationRules(List.of("inference")));
        return new Authenticator(auth, List.of(client), new SecureRandom());
    }
}
