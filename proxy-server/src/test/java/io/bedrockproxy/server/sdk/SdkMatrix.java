package io.bedrockproxy.server.sdk;

import static org.assertj.core.api.Assertions.assertThat;

import io.bedrockproxy.emulator.recording.RecordedRequest;
import io.bedrockproxy.emulator.recording.Recorder;
import io.bedrockproxy.server.LocalProxy;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A proxy in cleartext and one with TLS, and one client for each case, kept for all tests of a class. */
final class SdkMatrix implements AutoCloseable {
    private final LocalProxy cleartext = paced(LocalProxy.builder()).start();
    private final LocalProxy tls =
            paced(LocalProxy.builder().downstreamTls().upstreamTls()).start();
    private final Map<SdkCase, SdkClient> clients = new HashMap<>();

    private static LocalProxy.Builder paced(LocalProxy.Builder builder) {
        return builder.emulator(config -> config.withPace(Duration.ofMillis(5)));
    }

    LocalProxy proxy(SdkCase which) {
        return which.tls() ? tls : cleartext;
    }

    Recorder recorder(SdkCase which) {
        return proxy(which).emulator().recorder();
    }

    SdkClient client(SdkCase which) {
        return clients.computeIfAbsent(which, some -> open(some, proxy(some).secret()));
    }

    SdkClient open(SdkCase which, String secret) {
        return which.flavor().open(proxy(which), secret);
    }

    /** Nothing that went upstream held the secret or was signed wrongly; then forgets it. */
    void assertUpstreamIsClean() {
        for (LocalProxy proxy : List.of(cleartext, tls)) {
            Recorder recorder = proxy.emulator().recorder();
            assertThat(recorder.leakCount()).as("secrets upstream").isZero();
            assertThat(recorder.requests()).allMatch(RecordedRequest::verified);
            recorder.clear();
        }
    }

    @Override
    public void close() {
        clients.values().forEach(SdkClient::close);
        cleartext.close();
        tls.close();
    }
}
