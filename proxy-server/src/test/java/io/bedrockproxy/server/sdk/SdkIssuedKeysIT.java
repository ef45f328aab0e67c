package io.bedrockproxy.server.sdk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bedrockproxy.emulator.recording.RecordedRequest;
import io.bedrockproxy.server.IssuedKeys;
import io.bedrockproxy.server.LeakCheck;
import io.bedrockproxy.server.LocalProxy;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.services.bedrockruntime.model.BedrockRuntimeException;

/** The AWS SDK for Java with an issued key in the place of AWS's, as clients use it that know no bearer tokens. */
@ExtendWith(LeakCheck.class)
class SdkIssuedKeysIT {
    private static final String MODEL = "us.anthropic.claude-sonnet-4-5-20250929-v1:0";
    private static final String PROFILE = "arn:aws:bedrock:us-east-1:123456789012:inference-profile/" + MODEL;

    @TempDir
    static Path folder;

    private static LocalProxy cleartext;
    private static LocalProxy tls;

    @BeforeAll
    static void start() {
        cleartext = IssuedKeys.addTo(LocalProxy.builder(), folder).start();
        tls = IssuedKeys.addTo(LocalProxy.builder().downstreamTls(), folder).start();
    }

    @AfterAll
    static void stop() {
        cleartext.close();
        tls.close();
    }

    static List<SdkCase> all() {
        return SdkCase.all();
    }

    @ParameterizedTest
    @MethodSource("all")
    void callsAndStreams(SdkCase sdk) {
        LocalProxy proxy = sdk.tls() ? tls : cleartext;
        try (SdkClient client = sdk.flavor().openSigning(proxy, IssuedKeys.ID, IssuedKeys.SECRET);
                AccessLogLines log = new AccessLogLines()) {
            assertThat(client.converse(Requests.converse(PROFILE))
                            .output()
                            .message()
                            .content()
                            .get(0)
                            .text())
                    .contains(Requests.PROMPT);
            assertThat(log.first())
                    .contains("\"protocol\":\"" + sdk.flavor().protocol() + '"', "\"client\":\"signer\"");
            assertThat(client.invokeModel(Requests.invoke(MODEL)).body().asUtf8String())
                    .contains(Requests.PROMPT);
            assertThat(client.countTokens(Requests.countTokens(MODEL)).inputTokens())
                    .isPositive();
            if (sdk.flavor().streams()) {
                Streamed<?> converse = client.converseStream(Requests.converseStream(MODEL));
                assertThat(converse.failure()).isNull();
                assertThat(converse.events()).hasSizeGreaterThan(3);
                Streamed<?> invoke = client.invokeModelWithResponseStream(Requests.invokeStream(PROFILE));
                assertThat(invoke.failure()).isNull();
                assertThat(invoke.events()).hasSizeGreaterThan(3);
            }
        }
        assertThat(proxy.emulator().recorder().requests())
                .allMatch(RecordedRequest::verified)
                .allMatch(recorded -> recorded.session() != null);
        assertThat(proxy.emulator().recorder().leakCount()).isZero();
    }

    @ParameterizedTest
    @MethodSource("all")
    void raisesWhatItRaisesForAWrongKey(SdkCase sdk) {
        LocalProxy proxy = sdk.tls() ? tls : cleartext;
        long before = proxy.emulator().recorder().requestCount();
        try (SdkClient client = sdk.flavor().openSigning(proxy, IssuedKeys.ID, IssuedKeys.SECRET + "x")) {
            assertThatThrownBy(() -> client.converse(Requests.converse(MODEL)))
                    .isInstanceOfSatisfying(BedrockRuntimeException.class, e -> {
                        assertThat(e.statusCode()).isEqualTo(401);
                        assertThat(e.awsErrorDetails().errorCode()).isEqualTo("UnrecognizedClientException");
                        if (sdk.flavor() != SdkFlavor.URL_CONNECTION) { // which drops the body of every 401
                            assertThat(e.getMessage()).contains("not one of a known access key");
                        }
                    });
        }
        assertThat(proxy.emulator().recorder().requestCount()).isEqualTo(before);
    }
}
