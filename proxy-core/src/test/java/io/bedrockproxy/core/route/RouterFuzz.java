package io.bedrockproxy.core.route;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.bedrockproxy.core.failure.FailureKind;
import io.bedrockproxy.core.http.PercentEncoding;

/** Any target: what the rules see is what goes upstream, and it can be read in one way only. */
class RouterFuzz {
    /** @param input method, a space and a target; a POST when there is no space */
    @FuzzTest(maxDuration = "10m")
    void rebuildsWhatItUnderstood(byte[] input) {
        String text = new String(input, ISO_8859_1);
        int space = text.indexOf(' ');
        String method = space < 0 ? "POST" : text.substring(0, space);
        RouteResult result = Routes.of(method, text.substring(space + 1));
        if (result instanceof RouteResult.Matched matched) {
            check(matched.route());
        } else if (result instanceof RouteResult.Refused refused) {
            boolean isMethod = refused.failure().kind() == FailureKind.WRONG_METHOD;
            assertThat(refused.allow() != null).isEqualTo(isMethod);
        }
    }

    private static void check(Route route) {
        assertThat(route.path())
                .matches("(/[A-Za-z0-9._~%-]*)+")
                .doesNotContain("//", "/./", "/../")
                .doesNotEndWith("/.")
                .doesNotEndWith("/..");
        if (route.modelId() != null) {
            assertThat(route.path().split("/", -1)).contains(PercentEncoding.encode(route.modelId()));
        }
        String own = route.surface().ownSegments() == 0 ? "" : "/mantle";
        String query = route.query().isEmpty() ? "" : '?' + route.query();
        RouteResult again = Routes.of(route.method(), own + route.path() + query);
        assertThat(again).isEqualTo(new RouteResult.Matched(route));
    }
}
