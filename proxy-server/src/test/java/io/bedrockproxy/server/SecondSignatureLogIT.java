package io.bedrockproxy.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import io.bedrockproxy.core.sigv4.CorrectedClock;
import io.bedrockproxy.core.telemetry.AccessLog;
import io.bedrockproxy.server.exchange.SignatureRefusals;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What an operator reads of signatures that AWS refuses. */
@ExtendWith(LeakCheck.class)
class SecondSignatureLogIT {
    private static final List<String> LOGGERS =
            List.of(AccessLog.class.getName(), CorrectedClock.class.getName(), SignatureRefusals.class.getName());

    @Test
    void saysThatARequestWasSignedTwiceAndWhy() {
        try (CapturedLog log = new CapturedLog();
                LocalProxy proxy = LocalProxy.start()) {
            log.force(Level.INFO, LOGGERS);
            Calls calls = new Calls(proxy);
            assertThat(calls.converse().statusCode()).isEqualTo(200);
            proxy.emulator().expireIssuedCredentials();
            assertThat(calls.converse().statusCode()).isEqualTo(200);
            proxy.emulator().clockSkew(Duration.ofMinutes(-10));
            assertThat(calls.converse().statusCode()).isEqualTo(200);
            assertThat(calls.converse().statusCode()).isEqualTo(200);

            await().until(() -> of(log, AccessLog.class).size() == 4);
            assertThat(of(log, AccessLog.class))
                    .satisfiesExactly(
                            line -> assertThat(line).doesNotContain("\"retry\""),
                            line -> assertThat(line).contains("\"status\":200,\"retry\":\"expired-token\","),
                            line -> assertThat(line).contains("\"status\":200,\"retry\":\"clock\","),
                            line -> assertThat(line).doesNotContain("\"retry\""));
            assertThat(of(log, CorrectedClock.class))
                    .singleElement()
                    .asString()
                    .containsPattern("^WARN .* clock-offset-seconds=-(599|600|601) .*fast\\. .*\\(NTP\\)");
            assertThat(of(log, SignatureRefusals.class)).isEmpty();
        }
    }

    @Test
    void saysOnceWhereTheFaultIsWhenNoSignatureIsRight() {
        try (CapturedLog log = new CapturedLog();
                LocalProxy proxy = LocalProxy.builder()
                        .config("sources.emulator.secret-access-key = anotherSecretAccessKey0123456789")
                        .config("clients.test { role = null, source = emulator }")
                        .start()) {
            log.force(Level.INFO, LOGGERS);
            Calls calls = new Calls(proxy);
            assertThat(calls.converse().statusCode()).isEqualTo(403);
            assertThat(calls.converse().body()).contains("The Canonical String for this request");

            assertThat(of(log, SignatureRefusals.class))
                    .singleElement()
                    .asString()
                    .startsWith("WARN")
                    .contains("operation=Converse", "no line differs: the secret access key is not that of");
        }
    }

    private static List<String> of(CapturedLog log, Class<?> logger) {
        return log.lines().stream()
                .filter(line -> line.contains(' ' + logger.getName() + ' '))
                .toList();
    }
}
