package io.bedrockproxy.emulator.bedrock;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Which orders are understood, and through which forms of an id. */
class SteeringTest {
    static Stream<Arguments> orders() {
        return Stream.of(
                Arguments.of("emulator.pace-20-30-40", new Steering.Pace(20, 30, 40)),
                Arguments.of("emulator.delay-1500", new Steering.Delay(1500)),
                Arguments.of("emulator.size-100000000", new Steering.Size(100_000_000)),
                Arguments.of("emulator.error-ThrottlingException", new Steering.Failing("ThrottlingException")),
                Arguments.of(
                        "emulator.midstream-ModelStreamErrorException-3",
                        new Steering.Midstream("ModelStreamErrorException", 3)),
                Arguments.of("emulator.cut-0", new Steering.Cut(0)),
                Arguments.of("emulator.pace-20-30", new Steering.Unknown()),
                Arguments.of("emulator.delay-soon", new Steering.Unknown()),
                Arguments.of("emulator.size-99999999999999999999", new Steering.Unknown()),
                Arguments.of("emulator.error-", new Steering.Unknown()),
                Arguments.of("emulator.midstream-ThrottlingException", new Steering.Unknown()),
                Arguments.of("anthropic.claude-sonnet-4-6", new Steering.None()));
    }

    @ParameterizedTest
    @MethodSource("orders")
    void reads(String bare, Steering expected) {
        assertThat(Steering.of(bare)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "emulator.cut-3, emulator.cut-3",
        "us.emulator.cut-3, emulator.cut-3",
        "us-gov.anthropic.claude-sonnet-4-6, anthropic.claude-sonnet-4-6",
        "arn:aws:bedrock:us-east-1:123456789012:inference-profile/eu.emulator.cut-3, emulator.cut-3",
        "arn:aws:bedrock:us-east-1::foundation-model/amazon.nova-pro-v1:0, amazon.nova-pro-v1:0",
        "arn:aws:bedrock:us-east-1:123456789012:custom-model/amazon.titan-text-lite-v1:0:4k/abc,"
                + " amazon.titan-text-lite-v1:0:4k",
        "arn:aws:bedrock:us-east-1:123456789012:provisioned-model/abcdefghij12, abcdefghij12",
    })
    void findsTheBareIdBehindPrefixAndArn(String id, String bare) {
        assertThat(ModelId.of(id).bare()).isEqualTo(bare);
        assertThat(ModelId.of(id).isKnown()).isTrue();
    }
}
