package io.bedrockproxy.server.check;

import io.bedrockproxy.core.endpoint.BedrockRegions;
import io.bedrockproxy.core.endpoint.EndpointOverride;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Looks whether endpoints answer: name, connection, certificate, any answer at all; and what time it is there. */
final class EndpointChecks {
    private static final List<String> FORWARD_PROXY = List.of("https_proxy", "HTTPS_PROXY");

    private final EndpointCaller caller;
    private final CheckTimeouts timeouts;
    private final Map<String, String> environment;

    EndpointChecks(EndpointCaller caller, CheckTimeouts timeouts, Map<String, String> environment) {
        this.caller = caller;
        this.timeouts = timeouts;
        this.environment = environment;
    }

    /**
     * What was seen.
     *
     * @param result the line
     * @param ahead how far this machine's clock is ahead; null when there was no date
     */
    record Seen(CheckResult result, @Nullable Duration ahead) {}

    /** Answers in the order of the endpoints. */
    List<Seen> look(List<UsedEndpoint> endpoints, Tasks tasks) {
        List<Seen> seen = new ArrayList<>();
        Duration limit = timeouts.connect().plus(timeouts.answer()).plusSeconds(1);
        seen.addAll(tasks.all(
                endpoints,
                limit,
                this::look,
                used -> seen(used, new CallResult.Unreached(Obstacle.SILENT, "no answer in time"))));
        return seen;
    }

    private Seen look(UsedEndpoint used) {
        String proxy = forwardProxy();
        if (proxy != null
                && used.section().equals("sts")
                && !EndpointOverride.isLoopback(used.endpoint().host())) {
            return new Seen(
                    CheckResult.skipped(
                            used.name(),
                            used.endpoint().uri() + " is reached through the forward proxy of " + proxy
                                    + ": the lines of sources and roles show whether it answers"),
                    null);
        }
        return seen(
                used, caller.call(used.endpoint(), used.trusted(), "/", timeouts.answer(), request -> request.GET()));
    }

    private @Nullable String forwardProxy() {
        return FORWARD_PROXY.stream()
                .filter(name -> !environment.getOrDefault(name, "").isBlank())
                .findFirst()
                .orElse(null);
    }

    private static Seen seen(UsedEndpoint used, CallResult result) {
        if (result instanceof CallResult.Unreached unreached) {
            return new Seen(
                    CheckResult.failed(
                            used.name(),
                            used.endpoint().uri() + ": " + unreached.detail(),
                            EndpointAdvice.of(used, unreached.obstacle())),
                    null);
        }
        CallResult.Answered answered = (CallResult.Answered) result;
        String detail = used.endpoint().uri() + " answers";
        boolean isNew = used.section().equals("bedrock")
                && used.overrideKey() == null
                && !BedrockRegions.isListed(used.endpoint().signingRegion());
        return new Seen(
                CheckResult.ok(used.name(), isNew ? detail + ", in a region that this version does not know" : detail),
                answered.ahead());
    }
}
