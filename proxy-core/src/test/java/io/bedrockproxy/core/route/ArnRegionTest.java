package io.bedrockproxy.core.route;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ArnRegionTest {
    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "anthropic.claude-v2, -",
                "us.anthropic.claude-v2:0, -",
                "arn:aws:bedrock:us-east-1::foundation-model/x, us-east-1",
                "arn:aws:bedrock:::foundation-model/x, -",
                "arn:aws-us-gov:bedrock:us-gov-west-1:123456789012:inference-profile/x, us-gov-west-1",
                "arn:aws:sagemaker:eu-west-1:123456789012:endpoint/x, eu-west-1",
                "arn:aws:bedrock:eu-west-1, eu-west-1",
                "arn:aws:bedrock, -",
                "arn:, -",
                "ARN:aws:bedrock:eu-west-1:1:x, -",
            })
    void isTheFourthField(String identifier, String region) {
        assertThat(ArnRegion.of(identifier)).isEqualTo(region);
    }
}
