package io.bedrockproxy.core.route;

import static org.assertj.core.api.Assertions.assertThat;

import io.bedrockproxy.core.failure.Failure;
import io.bedrockproxy.core.failure.FailureKind;
import java.util.List;

/** Routes that tests need. */
final class Routes {
    private static final Router ROUTER = new Router(new RouteConfig(List.of("/bedrock", "/bedrock/eu")));

    private Routes() {}

    static RouteResult of(String method, String target) {
        return ROUTER.route(method, target);
    }

    static Route matched(String target) {
        RouteResult result = of("POST", target);
        assertThat(result).as(target).isInstanceOf(RouteResult.Matched.class);
        return ((RouteResult.Matched) result).route();
    }

    static Failure refused(String target) {
        RouteResult result = of("POST", target);
        assertThat(result).as(target).isInstanceOf(RouteResult.Refused.class);
        return ((RouteResult.Refused) result).failure();
    }

    static FailureKind refusedKind(String target) {
        return refused(target).kind();
    }
}
