package io.bedrockproxy.core.route;

import static org.assertj.core.api.Assertions.assertThat;

import io.bedrockproxy.core.http.WireCase;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The request lines of the shared wire cases. */
class PathWireCaseTest {
    static Stream<WireCase> paths() {
        return WireCase.family("P");
    }

    /** What a request method or a form of target decides; the rest of the family is the business of other steps. */
    static Stream<WireCase> methods() {
        return WireCase.family("H")
                .filter(wire -> wire.id().compareTo("H12") <= 0 || wire.id().equals("H25"));
    }

    @ParameterizedTest
    @MethodSource({"paths", "methods"})
    void comesToTheRightEnd(WireCase wire) {
        RouteResult result = Routes.of(wire.method(), wire.target());
        if (result instanceof RouteResult.Refused refused) {
            assertThat(wire.must()).as(refused.failure().message()).isNotEqualTo("forward");
            assertThat(refused.failure().kind().status()).isBetween(400, 499);
        } else {
            assertThat(wire.must()).isIn("forward", "either");
            assertThat(((RouteResult.Matched) result).route().path()).matches("(/[A-Za-z0-9._~%-]+)+");
        }
    }
}
