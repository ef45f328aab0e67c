package io.bedrockproxy.server.sdk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bedrockproxy.server.LeakCheck;
import io.bedrockproxy.server.LocalProxy;
import java.util.List;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.services.bedrockruntime.model.AccessDeniedException;
import software.amazon.awssdk.services.bedrockruntime.model.BedrockRuntimeException;
import software.amazon.awssdk.services.bedrockruntime.model.InternalServerException;
import software.amazon.awssdk.services.bedrockruntime.model.ModelErrorException;
import software.amazon.awssdk.services.bedrockruntime.model.ModelNotReadyException;
import software.amazon.awssdk.services.bedrockruntime.model.ModelStreamErrorException;
import software.amazon.awssdk.services.bedrockruntime.model.ModelTimeoutException;
import software.amazon.awssdk.services.bedrockruntime.model.ResourceNotFoundException;
import software.amazon.awssdk.services.bedrockruntime.model.ServiceUnavailableException;
import software.amazon.awssdk.services.bedrockruntime.model.ThrottlingException;
import software.amazon.awssdk.services.bedrockruntime.model.ValidationException;

/** What goes wrong upstream, or at the proxy, is raised by the AWS SDK for Java as the exception that it has for it. */
@ExtendWith(LeakCheck.class)
class SdkFailuresIT {
    private static final List<Class<? extends BedrockRuntimeException>> REPORTED = List.of(
            ValidationException.class,
            ThrottlingException.class,
            AccessDeniedException.class,
            ResourceNotFoundException.class,
            ModelErrorException.class,
            ModelNotReadyException.class,
            ModelTimeoutException.class,
            InternalServerException.class,
            ServiceUnavailableException.class);
    private static final List<Class<? extends BedrockRuntimeException>> REPORTED_IN_STREAM = List.of(
            ValidationException.class,
            ThrottlingException.class,
            ModelStreamErrorException.class,
            InternalServerException.class,
            ServiceUnavailableException.class);

    /** Both streaming operations. */
    private enum StreamCall implements BiFunction<SdkClient, String, Streamed<?>> {
        INVOKE_MODEL_WITH_RESPONSE_STREAM {
            @Override
            public Streamed<?> apply(SdkClient client, String modelId) {
                return client.invokeModelWithResponseStream(Requests.invokeStream(modelId));
            }
        },
        CONVERSE_STREAM {
            @Override
            public Streamed<?> apply(SdkClient client, String modelId) {
                return client.converseStream(Requests.converseStream(modelId));
            }
        }
    }

    @AutoClose
    private static final SdkMatrix matrix = new SdkMatrix();

    @AfterEach
    void upstreamIsClean() {
        matrix.assertUpstreamIsClean();
    }

    static List<SdkCase> all() {
        return SdkCase.all();
    }

    static Stream<Arguments> allReported() {
        return SdkCase.all().stream().flatMap(sdk -> REPORTED.stream().map(type -> Arguments.of(sdk, type)));
    }

    static Stream<Arguments> streams() {
        return SdkCase.streaming().stream()
                .flatMap(sdk -> Stream.of(StreamCall.values()).map(call -> Arguments.of(sdk, call)));
    }

    static Stream<Arguments> streamsReported() {
        return streams()
                .flatMap(stream ->
                        REPORTED_IN_STREAM.stream().map(type -> Arguments.of(stream.get()[0], stream.get()[1], type)));
    }

    @ParameterizedTest
    @MethodSource("allReported")
    void bedrocksErrorIsItsException(SdkCase sdk, Class<? extends BedrockRuntimeException> type) {
        assertThatThrownBy(
                        () -> matrix.client(sdk).converse(Requests.converse("emulator.error-" + type.getSimpleName())))
                .isInstanceOfSatisfying(type, raised -> {
                    assertThat(raised.awsErrorDetails().errorCode()).isEqualTo(type.getSimpleName());
                    assertThat(raised.awsErrorDetails().errorMessage()).isEqualTo("The emulator was asked for this");
                    assertThat(raised.requestId()).isNotBlank();
                });
        assertThat(matrix.recorder(sdk).requestCount())
                .as("the SDK decides about repetition")
                .isOne();
    }

    @ParameterizedTest
    @MethodSource("streams")
    void anErrorInsteadOfAStreamIsItsException(SdkCase sdk, StreamCall call) {
        Streamed<?> stream = call.apply(matrix.client(sdk), "emulator.error-ThrottlingException");

        assertThat(stream.events()).isEmpty();
        assertThat(stream.failure()).isInstanceOf(ThrottlingException.class);
    }

    @ParameterizedTest
    @MethodSource("streamsReported")
    void anExceptionInsideAStreamIsItsException(
            SdkCase sdk, StreamCall call, Class<? extends BedrockRuntimeException> type) {
        Streamed<?> stream = call.apply(matrix.client(sdk), "emulator.midstream-" + type.getSimpleName() + "-4");

        assertThat(stream.events()).hasSize(4);
        assertThat(stream.failure()).isInstanceOf(type).hasMessageContaining("The emulator was asked for this");
    }

    @ParameterizedTest
    @MethodSource("streams")
    void aCutUpstreamIsNoCleanEnd(SdkCase sdk, StreamCall call) {
        for (int frames : new int[] {0, 1, 5}) {
            Streamed<?> stream = call.apply(matrix.client(sdk), "emulator.cut-" + frames);

            assertThat(stream.events()).hasSize(frames);
            assertThat(stream.failure())
                    .as("the documentation says of it: retry your request")
                    .isInstanceOf(ModelStreamErrorException.class);
        }
    }

    @ParameterizedTest
    @MethodSource("all")
    void aWrongSecretGoesNowhere(SdkCase sdk) {
        try (SdkClient stranger = matrix.open(sdk, LocalProxy.newSecret())) {
            assertThatThrownBy(() -> stranger.converse(Requests.converse("amazon.nova-lite-v1:0")))
                    .isInstanceOfSatisfying(BedrockRuntimeException.class, raised -> {
                        assertThat(raised.statusCode()).isEqualTo(401);
                        assertThat(raised.awsErrorDetails().errorCode()).isEqualTo("UnrecognizedClientException");
                        assertThat(raised.requestId()).isNotBlank();
                    });
            if (sdk.flavor().streams()) {
                assertThat(StreamCall.CONVERSE_STREAM
                                .apply(stranger, "amazon.nova-lite-v1:0")
                                .failure())
                        .isInstanceOfSatisfying(
                                BedrockRuntimeException.class,
                                raised -> assertThat(raised.statusCode()).isEqualTo(401));
            }
        }
        assertThat(matrix.recorder(sdk).requestCount()).isZero();
    }
}
