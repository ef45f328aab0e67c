package io.bedrockproxy.emulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.services.sts.model.AssumeRoleRequest;
import software.amazon.awssdk.services.sts.model.StsException;
import software.amazon.awssdk.services.sts.model.Tag;

/** The limits of session policies and session tags. */
@ExtendWith(LeakDetection.class)
class SessionLimitsTest {
    private static final String ROLE = SdkClients.ROLE;
    private static final String POLICY = "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\","
            + "\"Action\":\"bedrock:*\",\"Resource\":\"*\"}]}";

    private final Emulator emulator = Emulator.start(EmulatorConfig.defaults());
    private final StsClient sts = SdkClients.sts(emulator, SdkClients.sourceKey());

    @AfterEach
    void stop() {
        sts.close();
        emulator.close();
    }

    private StsException refused(Consumer<AssumeRoleRequest.Builder> more) {
        return catchThrowableOfType(
                StsException.class,
                () -> sts.assumeRole(request -> {
                    request.roleArn(ROLE).roleSessionName("tester");
                    more.accept(request);
                }));
    }

    private static String code(StsException failure) {
        return failure.awsErrorDetails().errorCode();
    }

    @Test
    void packsPoliciesAndTags() {
        Random random = new Random(1);
        List<Tag> big = IntStream.range(0, 4)
                .mapToObj(i -> Tag.builder()
                        .key("k" + i)
                        .value(random.ints(250, 'a', 'z' + 1)
                                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                                .toString())
                        .build())
                .toList();

        assertThat(sts.assumeRole(request ->
                                request.roleArn(ROLE).roleSessionName("tester").policy(POLICY))
                        .packedPolicySize())
                .isBetween(1, 50);
        StsException failure = refused(request -> request.tags(big));
        assertThat(failure.awsErrorDetails().errorCode()).isEqualTo("PackedPolicyTooLarge");
        assertThat(failure)
                .hasMessageContaining("Packed policy consumes 1")
                .hasMessageContaining("% of allotted space, please use smaller policy.");
        assertThat(code(refused(request -> request.policy(POLICY + " ".repeat(2000)))))
                .isEqualTo("ValidationError");
    }

    @Test
    void refusesTagsBeyondTheirLimits() {
        Tag tag = Tag.builder().key("team").value("a").build();

        for (Consumer<AssumeRoleRequest.Builder> wrong : List.<Consumer<AssumeRoleRequest.Builder>>of(
                request -> request.tags(tag, tag.copy(one -> one.key("Team"))),
                request -> request.tags(tag.copy(one -> one.key("a;b"))),
                request -> request.tags(tag.copy(one -> one.value("a;b"))),
                request -> request.tags(tag.copy(one -> one.key("k".repeat(129)))),
                request -> request.tags(IntStream.range(0, 51)
                        .mapToObj(i -> tag.copy(one -> one.key("k" + i)))
                        .toList()),
                request -> request.tags(tag).transitiveTagKeys("other"),
                request -> request.sourceIdentity("two words"),
                request -> request.externalId("x"))) {
            assertThat(code(refused(wrong))).isEqualTo("ValidationError");
        }
        assertThat(refused(request -> request.tags(tag).transitiveTagKeys("team")))
                .isNull();
    }
}
