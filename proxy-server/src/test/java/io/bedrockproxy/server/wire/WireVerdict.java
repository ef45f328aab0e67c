package io.bedrockproxy.server.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.bedrockproxy.emulator.recording.RecordedRequest;
import io.bedrockproxy.server.LocalProxy;
import java.util.List;
import java.util.Objects;

/** Holds what a client and the upstream saw against what a case demands. */
final class WireVerdict {
    /** Of the good request behind each case; no case uses it. */
    static final String GOOD_MODEL = "amazon.nova-micro-v1:0";

    /** What the cases name in what must not become a request of its own. */
    private static final String SMUGGLED = "smuggled";

    private final LocalProxy proxy;
    private final WireCase wire;
    private final Observed observed;
    private final List<RecordedRequest> upstream;
    private final int goodAnswers;

    private WireVerdict(LocalProxy proxy, WireCase wire, Observed observed) {
        this.proxy = proxy;
        this.wire = wire;
        this.observed = observed;
        List<RecordedRequest> all = proxy.emulator().recorder().requests();
        this.upstream = all.stream()
                .filter(request -> !GOOD_MODEL.equals(request.modelId()))
                .toList();
        this.goodAnswers = all.size() - upstream.size();
    }

    /** After the good request on the same connection, if it was still there. */
    static void check(LocalProxy proxy, WireCase wire, Observed observed) {
        await().until(() -> proxy.emulator().recorder().openAnswers() == 0);
        new WireVerdict(proxy, wire, observed).check();
    }

    private void check() {
        assertThat(observed.isMalformed())
                .as("no malformed answer in %s", observed.text())
                .isFalse();
        assertThat(observed.text())
                .as("nothing of our insides")
                .doesNotContain(proxy.secret(), "java.", "io.netty", "io.bedrockproxy", "\tat ", "ASIA", "AWS4-HMAC");
        assertThat(observed.statuses()).noneMatch(wire.forbiddenStatuses()::contains);
        assertThat(observed.statuses())
                .allMatch(status -> status < 500 || status == 501 || status == 505, "no answer of 500 to 504");
        assertThat(observed.finals().size() - goodAnswers).isLessThanOrEqualTo(wire.maxResponses());
        assertThat(proxy.emulator().recorder().leakCount())
                .as("secrets upstream")
                .isZero();
        assertThat(upstream)
                .as("every request upstream is signed rightly")
                .allMatch(RecordedRequest::verified)
                .noneMatch(request -> Objects.toString(request.modelId()).contains(SMUGGLED));
        switch (wire.must()) {
            case "forward" -> checkForwarded();
            case "reject" -> checkRejected();
            case "local" -> {
                checkRejected();
                assertThat(observed.finals()).first().matches(status -> status <= wire.maxStatus());
            }
            case "either" -> {
                if (upstream.isEmpty()) {
                    checkRejected();
                } else {
                    checkForwarded();
                }
            }
            default -> throw new IllegalArgumentException(wire.must());
        }
    }

    private void checkForwarded() {
        assertThat(upstream).as("requests upstream").hasSize(1);
        assertThat(observed.finals())
                .as("what the upstream said, and nothing before it")
                .first()
                .isEqualTo(upstream.get(0).status());
        assertThat(observed.statuses().contains(100)).isEqualTo(wire.wantsContinue());
        for (String name : wire.headersUpstream()) {
            assertThat(upstream.get(0).header(name)).as(name).isNotNull();
        }
    }

    private void checkRejected() {
        assertThat(upstream).as("requests upstream").isEmpty();
        List<Integer> finals = observed.finals();
        if (!finals.isEmpty() && !(wire.allowsLocalAnswer() && finals.get(0) == 200)) {
            assertThat(finals.get(0)).isGreaterThanOrEqualTo(400);
        }
    }
}
