package io.bedrockproxy.core.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import io.bedrockproxy.core.endpoint.Regions.Standing;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RegionsTest {
    @ParameterizedTest
    @CsvSource({
        "us-east-1,       KNOWN,      aws",
        "eu-south-2,      KNOWN,      aws",
        "us-gov-east-1,   KNOWN,      aws-us-gov",
        "cn-northwest-1,  KNOWN,      aws-cn",
        "eusc-de-east-1,  KNOWN,      aws-eusc",
        "us-iso-west-1,   KNOWN,      aws-iso",
        "us-isob-east-1,  KNOWN,      aws-iso-b",
        "eu-isoe-west-1,  KNOWN,      aws-iso-e",
        "us-isof-south-1, KNOWN,      aws-iso-f",
        "us-east-9,       UNKNOWN,    aws",
        "us-gov-moon-1,   UNKNOWN,    aws-us-gov",
        "cn-moon-1,       UNKNOWN,    aws-cn",
        "eusc-de-moon-1,  UNKNOWN,    aws-eusc",
        "aws-global,      IMPOSSIBLE, ",
        "aws-us-gov-global, IMPOSSIBLE, ",
        "moon-1,          IMPOSSIBLE, ",
        "us-east,         IMPOSSIBLE, ",
        "us-east-1a,      IMPOSSIBLE, ",
        "us-east-1.evil.example, IMPOSSIBLE, ",
        "' us-east-1',    IMPOSSIBLE, ",
        "'',              IMPOSSIBLE, ",
        "' ',             IMPOSSIBLE, ",
    })
    void tellsARegionFromAMistake(String region, Standing standing, String partition) {
        assertThat(Regions.standing(region)).isEqualTo(standing);
        if (partition != null) {
            assertThat(Regions.partition(region)).isEqualTo(partition);
        }
    }
}
