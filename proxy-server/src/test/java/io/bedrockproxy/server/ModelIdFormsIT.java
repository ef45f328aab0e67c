package io.bedrockproxy.server;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.bedrockproxy.emulator.recording.RecordedRequest;
import java.io.IOException;
import java.net.Socket;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** However a client writes a model id into the path, AWS sees one form of it, rightly signed. */
@ExtendWith(LeakCheck.class)
class ModelIdFormsIT {
    private static final String ACCOUNT = "arn:aws:bedrock:us-east-1:123456789012:";
    private static final List<String> IDS = List.of(
            "anthropic.claude-3-haiku-20240307-v1:0",
            "amazon.nova-pro-v1:0:300k",
            "openai.gpt-oss-20b",
            "us.anthropic.claude-sonnet-4-5-20250929-v1:0",
            "global.anthropic.claude-opus-4-5-20251101-v1:0",
            "arn:aws:bedrock:us-east-1::foundation-model/anthropic.claude-3-haiku-20240307-v1:0",
            ACCOUNT + "inference-profile/us.anthropic.claude-sonnet-4-5-20250929-v1:0",
            ACCOUNT + "application-inference-profile/abcdefghij12",
            ACCOUNT + "provisioned-model/abcdefghij12",
            ACCOUNT + "custom-model/amazon.titan-text-lite-v1:0:4k/abcdefghij12",
            ACCOUNT + "custom-model-deployment/abcdefghij12",
            ACCOUNT + "imported-model/abcdefghij12",
            ACCOUNT + "prompt/ABCDEFGHIJ:1",
            ACCOUNT + "prompt-router/abcdefghij12",
            ACCOUNT + "default-prompt-router/anthropic.claude:1",
            "arn:aws:sagemaker:us-east-1:123456789012:endpoint/my-endpoint-1");
    private static final String GOV_REGION = "us-gov-west-1";
    private static final String GOV_ID = "arn:aws-us-gov:bedrock:" + GOV_REGION
            + ":123456789012:inference-profile/us-gov.anthropic.claude-3-5-sonnet-20240620-v1:0";

    /** Who writes it. */
    private enum Form {
        RAW {
            @Override
            String write(String id) {
                return id;
            }
        },
        AWS_SDK {
            @Override
            String write(String id) {
                return id.replace(":", "%3A").replace("/", "%2F");
            }
        },
        ANTHROPIC_SDK {
            @Override
            String write(String id) {
                return id.replace("/", "%2F");
            }
        },
        AI_SDK_BEFORE_ITS_FIX {
            @Override
            String write(String id) {
                return id.replace(":", "%3A");
            }
        },
        LOWER_CASE_HEX {
            @Override
            String write(String id) {
                return AWS_SDK.write(id).replace("%3A", "%3a").replace("%2F", "%2f");
            }
        },
        ENCODED_TWICE {
            @Override
            String write(String id) {
                return AWS_SDK.write(id).replace("%", "%25");
            }
        };

        abstract String write(String id);
    }

    @AutoClose
    private static final LocalProxy proxy = LocalProxy.start();

    @AutoClose
    private static final LocalProxy govProxy =
            LocalProxy.builder().config("bedrock.region = " + GOV_REGION).start();

    @AfterAll
    static void upstreamIsClean() {
        for (LocalProxy one : List.of(proxy, govProxy)) {
            assertThat(one.emulator().recorder().leakCount()).isZero();
            assertThat(one.emulator().recorder().refusedCount()).isZero();
        }
    }

    static Stream<Arguments> ids() {
        return Stream.concat(IDS.stream(), Stream.of(GOV_ID))
                .flatMap(id -> Stream.of(Form.values()).map(form -> Arguments.of(form, id)));
    }

    @ParameterizedTest(name = "{1} as {0}")
    @MethodSource("ids")
    void reachAwsInOneForm(Form form, String id) throws IOException {
        LocalProxy through = id.equals(GOV_ID) ? govProxy : proxy;
        String region = id.equals(GOV_ID) ? GOV_REGION : "us-east-1";
        for (String prefix : List.of("", "/bedrock")) {
            String answer = post(through, prefix + "/model/" + form.write(id) + "/converse");

            assertThat(answer).startsWith("HTTP/1.1 200 ").contains("You said: tea time");
            RecordedRequest recorded = through.emulator().recorder().last();
            assertThat(recorded.target()).isEqualTo("/model/" + Form.AWS_SDK.write(id) + "/converse");
            assertThat(recorded.modelId()).isEqualTo(id);
            assertThat(recorded.verified()).as("%s", recorded.verdict()).isTrue();
            assertThat(recorded.header("authorization")).contains("/" + region + "/bedrock/aws4_request");
        }
    }

    private static String post(LocalProxy proxy, String target) throws IOException {
        String body = "{\"messages\":[{\"role\":\"user\",\"content\":[{\"text\":\"tea time\"}]}]}";
        String head = """
                POST %s HTTP/1.1
                host: localhost
                authorization: Bearer %s
                content-type: application/json
                content-length: %d
                connection: close

                """.formatted(target, proxy.secret(), body.length()).replace("\n", "\r\n");
        try (Socket socket =
                new Socket(proxy.address().getAddress(), proxy.address().getPort())) {
            socket.getOutputStream().write((head + body).getBytes(US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), US_ASCII);
        }
    }
}
