package io.bedrockproxy.core.failure;

import static org.assertj.core.api.Assertions.assertThat;

import io.bedrockproxy.core.failure.FailureKind.Source;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The contract, written down a second time: tools outside rely on it. */
class FailureKindTest {
    @ParameterizedTest
    @CsvSource({
        "unauthenticated, 401, UnrecognizedClientException, DOWNSTREAM, false",
        "forbidden-model, 403, AccessDeniedException, DOWNSTREAM, false",
        "forbidden-operation, 403, AccessDeniedException, DOWNSTREAM, false",
        "bad-request, 400, ValidationException, DOWNSTREAM, false",
        "wrong-region, 400, ValidationException, DOWNSTREAM, false",
        "unknown-path, 404, UnknownOperationException, DOWNSTREAM, false",
        "wrong-method, 405, UnknownOperationException, DOWNSTREAM, false",
        "slow-request, 408, RequestTimeoutException, DOWNSTREAM, false",
        "body-too-large, 413, ValidationException, DOWNSTREAM, false",
        "head-too-large, 431, ValidationException, DOWNSTREAM, false",
        "too-many-failures, 429, ThrottlingException, DOWNSTREAM, true",
        "overloaded, 503, ServiceUnavailableException, PROXY, true",
        "draining, 503, ServiceUnavailableException, PROXY, true",
        "credentials-unavailable, 503, ServiceUnavailableException, CREDENTIALS, true",
        "credentials-denied, 424, CredentialsDeniedException, CREDENTIALS, false",
        "upstream-unreachable, 502, ServiceUnavailableException, UPSTREAM, false",
        "upstream-broken, 502, ServiceUnavailableException, UPSTREAM, false",
        "upstream-timeout, 504, ModelTimeoutException, UPSTREAM, false"
    })
    void keepsItsContract(String label, int status, String errorType, Source source, boolean hasRetryAfter) {
        FailureKind kind = FailureKind.valueOf(label.replace('-', '_').toUpperCase(Locale.ROOT));
        assertThat(kind.label()).isEqualTo(label);
        assertThat(kind.status()).isEqualTo(status);
        assertThat(kind.errorType()).isEqualTo(errorType);
        assertThat(kind.source()).isEqualTo(source);
        assertThat(kind.hasRetryAfter()).isEqualTo(hasRetryAfter);
    }

    @Test
    void hasNoKindWithoutAContract() {
        assertThat(FailureKind.values()).hasSize(18);
        assertThat(Stream.of(FailureKind.values()).map(FailureKind::label)).doesNotHaveDuplicates();
    }
}
