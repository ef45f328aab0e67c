package io.bedrockproxy.core.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BedrockRegionsTest {
    @ParameterizedTest
    @ValueSource(strings = {"us-east-1", "eu-central-1", "us-gov-west-1"})
    void theseHaveBedrock(String region) {
        assertThat(BedrockRegions.isListed(region)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"cn-north-1", "ap-east-1", "eu-west-9"})
    void theseHaveNone(String region) {
        assertThat(BedrockRegions.isListed(region)).isFalse();
    }

    @Test
    void nearOnesShareTheGeographyAndThePartition() {
        assertThat(BedrockRegions.near("eu-west-9"))
                .startsWith("eu-west-1", "eu-west-2", "eu-west-3")
                .hasSize(4);
        assertThat(BedrockRegions.near("us-gov-east-1")).containsExactly("us-gov-west-1");
        assertThat(BedrockRegions.near("cn-north-1"))
                .as("another partition's do not help")
                .isEmpty();
    }
}
