package io.bedrockproxy.server.surface;

import static io.bedrockproxy.server.surface.SurfaceClient.assertFailure;
import static org.assertj.core.api.Assertions.assertThat;

import io.bedrockproxy.emulator.recording.RecordedRequest;
import io.bedrockproxy.server.LeakCheck;
import io.bedrockproxy.server.LocalProxy;
import java.net.http.HttpClient.Version;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Where ARNs lead. The endpoints are the operator's own, one host each: so it is only the home region that they serve,
 * even for a client that lists others.
 */
@ExtendWith(LeakCheck.class)
class RegionIT {
    private static final String WEST = LocalProxy.newSecret();

    @AutoClose
    private static final LocalProxy proxy = LocalProxy.builder()
            .downstreamTls()
            .config(
                    "clients.west { role = test, operations = [\"*\"], region = eu-west-1, regions = [us-east-1], secrets"
                            + " = [ { sha256 = %s } ] }".formatted(LocalProxy.sha256(WEST)))
            .start();

    private static final SurfaceClient client = new SurfaceClient(proxy, Version.HTTP_2);

    private static final String MODEL = "::foundation-model/anthropic.claude-3-haiku-20240307-v1:0";

    @ParameterizedTest
    @CsvSource({
        "POST, /model/arn:aws:bedrock:REGION" + MODEL + "/converse, '{}', AWS",
        "POST, /v1/model/arn%3Aaws%3Abedrock%3AREGION%3A%3Afoundation-model%2Famazon.nova-lite-v1%3A0/converse, '{}', AWS",
        "POST, /guardrail/arn:aws:bedrock:REGION:123456789012:guardrail/g/version/1/apply, '{}', AWS",
        "GET, /foundation-models/arn:aws:bedrock:REGION" + MODEL + ", '', AWS",
        "GET, /async-invoke/arn:aws:bedrock:REGION:123456789012:async-invoke/a, '', AWS",
        "POST, /async-invoke, '{\"modelId\":\"arn:aws:bedrock:REGION" + MODEL + "\"}', AWS",
        "POST, /openai/v1/responses, '{\"input\":\"hi\",\"model\":\"arn:aws:bedrock:REGION" + MODEL + "\"}', OPENAI",
        "POST, /v1/messages, '{\"messages\":[],\"model\":\"arn:aws:bedrock:REGION" + MODEL + "\"}', ANTHROPIC",
        "POST, /mantle/v1/responses, '{\"input\":\"\",\"model\":\"arn:aws:bedrock:REGION" + MODEL + "\"}', OPENAI",
    })
    void anArnOfAnotherRegionGoesNowhere(String method, String target, String body, SurfaceCase.Shape shape) {
        long before = proxy.emulator().recorder().requestCount();
        HttpResponse<String> answer = client.send(
                method, target.replace("REGION", "eu-west-1"), body.replace("REGION", "eu-west-1"), proxy.secret());
        assertFailure(answer, shape, 400, "wrong-region");
        assertThat(answer.body()).contains("is of region eu-west-1,", "(expected: us-east-1)");
        assertFailure(
                client.send(method, target.replace("REGION", "us-east-1"), body.replace("REGION", "us-east-1"), WEST),
                shape,
                400,
                "wrong-region");
        assertThat(proxy.emulator().recorder().requestCount()).isEqualTo(before);

        for (String home : new String[] {"us-east-1", ""}) {
            client.send(method, target.replace("REGION", home), body.replace("REGION", home), proxy.secret());
            assertThat(proxy.emulator().recorder().last().header("authorization"))
                    .contains("/us-east-1/");
        }
        client.send(method, target.replace("REGION", "eu-west-1"), body.replace("REGION", "eu-west-1"), WEST);
        RecordedRequest recorded = proxy.emulator().recorder().last();
        assertThat(recorded.header("authorization")).contains("/eu-west-1/");
        assertThat(recorded.verified()).as("%s", recorded.verdict()).isTrue();
        assertThat(proxy.emulator().recorder().requestCount()).isEqualTo(before + 3);
    }

    @Test
    void anArnOfNoRegionAtAllIsNoWayOut() {
        for (String region : new String[] {"us-east-1.evil.example", "..", "*", "US-EAST-1"}) {
            HttpResponse<String> answer =
                    client.send("POST", "/model/arn:aws:bedrock:" + region + MODEL + "/converse", "{}", proxy.secret());
            assertFailure(answer, SurfaceCase.Shape.AWS, 400, "wrong-region");
        }
    }
}
