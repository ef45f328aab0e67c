package io.bedrockproxy.core.endpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.regions.Region;

class EndpointsTest {
    @ParameterizedTest
    @CsvSource({
        "runtime, us-east-1,        plain, bedrock-runtime.us-east-1.amazonaws.com",
        "runtime, us-east-1,        fips,  bedrock-runtime-fips.us-east-1.amazonaws.com",
        "runtime, us-east-1,        dual,  bedrock-runtime.us-east-1.api.aws",
        "runtime, us-east-1,        both,  bedrock-runtime-fips.us-east-1.api.aws",
        "runtime, eu-central-1,     plain, bedrock-runtime.eu-central-1.amazonaws.com",
        "runtime, mx-central-1,     plain, bedrock-runtime.mx-central-1.amazonaws.com",
        "runtime, us-gov-west-1,    plain, bedrock-runtime.us-gov-west-1.amazonaws.com",
        "runtime, us-gov-west-1,    fips,  bedrock-runtime-fips.us-gov-west-1.amazonaws.com",
        "runtime, us-gov-west-1,    dual,  bedrock-runtime.us-gov-west-1.api.aws",
        "runtime, cn-north-1,       plain, bedrock-runtime.cn-north-1.amazonaws.com.cn",
        "runtime, cn-northwest-1,   dual,  bedrock-runtime.cn-northwest-1.api.amazonwebservices.com.cn",
        "runtime, eusc-de-east-1,   plain, bedrock-runtime.eusc-de-east-1.amazonaws.eu",
        "runtime, eusc-de-east-1,   dual,  bedrock-runtime.eusc-de-east-1.api.amazonwebservices.eu",
        "runtime, us-iso-east-1,    plain, bedrock-runtime.us-iso-east-1.c2s.ic.gov",
        "runtime, us-isob-east-1,   plain, bedrock-runtime.us-isob-east-1.sc2s.sgov.gov",
        "runtime, eu-isoe-west-1,   plain, bedrock-runtime.eu-isoe-west-1.cloud.adc-e.uk",
        "runtime, us-isof-south-1,  plain, bedrock-runtime.us-isof-south-1.csp.hci.ic.gov",
        "runtime, us-iso-east-1,    dual,  bedrock-runtime.us-iso-east-1.api.aws.ic.gov",
        "runtime, us-isob-east-1,   dual,  bedrock-runtime.us-isob-east-1.api.aws.scloud",
        "runtime, eu-isoe-west-1,   dual,  bedrock-runtime.eu-isoe-west-1.api.cloud-aws.adc-e.uk",
        "runtime, us-isof-south-1,  dual,  bedrock-runtime.us-isof-south-1.api.aws.hci.ic.gov",
        "runtime, ap-moon-7,        plain, bedrock-runtime.ap-moon-7.amazonaws.com",
        "control, us-west-2,        plain, bedrock.us-west-2.amazonaws.com",
        "control, us-west-2,        fips,  bedrock-fips.us-west-2.amazonaws.com",
        "control, us-west-2,        both,  bedrock-fips.us-west-2.api.aws",
        "control, cn-north-1,       plain, bedrock.cn-north-1.amazonaws.com.cn",
        "mantle,  us-east-1,        plain, bedrock-mantle.us-east-1.api.aws",
        "mantle,  us-east-1,        dual,  bedrock-mantle.us-east-1.api.aws",
        "mantle,  us-east-1,        fips,  bedrock-mantle-fips.us-east-1.api.aws",
        "sts,     us-east-1,        plain, sts.us-east-1.amazonaws.com",
        "sts,     us-east-1,        fips,  sts-fips.us-east-1.amazonaws.com",
        "sts,     us-east-1,        dual,  sts.us-east-1.api.aws",
        "sts,     us-gov-west-1,    plain, sts.us-gov-west-1.amazonaws.com",
        "sts,     us-gov-west-1,    fips,  sts.us-gov-west-1.amazonaws.com",
        "sts,     us-gov-west-1,    both,  sts-fips.us-gov-west-1.api.aws",
        "sts,     cn-north-1,       plain, sts.cn-north-1.amazonaws.com.cn",
        "sts,     cn-north-1,       dual,  sts.cn-north-1.api.amazonwebservices.com.cn",
        "sts,     eusc-de-east-1,   plain, sts.eusc-de-east-1.amazonaws.eu",
        "sts,     us-iso-east-1,    plain, sts.us-iso-east-1.c2s.ic.gov",
        "sts,     us-isob-east-1,   plain, sts.us-isob-east-1.sc2s.sgov.gov",
    })
    void findsThePublishedHost(String service, String region, Variant variant, String host) {
        Endpoint endpoint = resolve(new Endpoints(variant.config()), service, region);

        assertThat(endpoint.uri()).isEqualTo(URI.create("https://" + host));
        assertThat(endpoint.signingRegion()).isEqualTo(region);
        assertThat(endpoint.authority()).isEqualTo(host);
        assertThat(endpoint.port()).isEqualTo(443);
        assertThat(endpoint.isSecure()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"runtime, bedrock", "control, bedrock", "mantle, bedrock-mantle", "sts, sts"})
    void namesTheSigningService(String service, String signingName) {
        Endpoint endpoint = resolve(new Endpoints(EndpointConfig.defaults()), service, "us-east-1");

        assertThat(endpoint.service()).isEqualTo(signingName);
    }

    @Test
    void replacesOnlyTheOverriddenEndpoint() {
        URI vpce = URI.create("https://vpce-0a1b-2c3d.bedrock-runtime.eu-west-1.vpce.amazonaws.com");
        Endpoints endpoints = new Endpoints(new EndpointConfig(false, false, vpce, null, null));

        assertThat(endpoints.runtime("eu-west-1").uri()).isEqualTo(vpce);
        assertThat(endpoints.runtime("eu-west-1").signingRegion()).isEqualTo("eu-west-1");
        assertThat(endpoints.controlPlane("eu-west-1").host()).isEqualTo("bedrock.eu-west-1.amazonaws.com");
        assertThat(endpoints.mantle("eu-west-1").host()).isEqualTo("bedrock-mantle.eu-west-1.api.aws");
    }

    @Test
    void keepsThePortOfAnOverride() {
        Endpoint endpoint = new Endpoints(EndpointConfig.defaults()).sts("us-east-1", URI.create("http://[::1]:8443/"));

        assertThat(endpoint).isEqualTo(new Endpoint("http", "::1", 8443, "us-east-1", "sts"));
        assertThat(endpoint.authority()).isEqualTo("[::1]:8443");
        assertThat(endpoint.isSecure()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"aws-global", "aws-cn-global", "us-east-1-fips", "fips-us-east-1", "moon-1", "", "US-EAST-1"})
    void refusesARegionThatCannotExist(String region) {
        Endpoints endpoints = new Endpoints(EndpointConfig.defaults());

        assertThatThrownBy(() -> endpoints.runtime(region))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("region: " + region + " (expected: a region name such as us-east-1");
    }

    @ParameterizedTest
    @EnumSource(AwsService.class)
    void startsHostsWithThePrefixOfTheService(AwsService service) {
        assertThat(service.endpointPrefix())
                .isEqualTo(service.name().toLowerCase(Locale.ROOT).replace('_', '-'));
    }

    /** Every region that the SDK knows, in every partition: the zone is the partition's, the rest is the rule of all. */
    @ParameterizedTest
    @MethodSource("everyRegion")
    void resolvesEveryRegionThatTheSdkKnows(Region region) {
        String zone = zone(region.id());
        String dual = dualStackZone(region.id());
        String name = region.id();
        for (String service : List.of("runtime", "control", "mantle")) {
            String prefix = service.equals("runtime")
                    ? "bedrock-runtime"
                    : service.equals("control") ? "bedrock" : "bedrock-mantle";
            boolean isMantle = service.equals("mantle");
            for (Variant variant : Variant.values()) {
                Endpoint endpoint = resolve(new Endpoints(variant.config()), service, name);
                assertThat(endpoint.host())
                        .as("%s %s", service, variant)
                        .isEqualTo(prefix
                                + (variant.isFips ? "-fips" : "")
                                + '.'
                                + name
                                + '.'
                                + (variant.isDualStack || isMantle ? dual : zone));
                assertThat(endpoint.authority())
                        .as("what is connected to is what is signed")
                        .isEqualTo(endpoint.host());
                assertThat(endpoint.signingRegion()).isEqualTo(name);
                assertThat(endpoint.service()).isEqualTo(isMantle ? "bedrock-mantle" : "bedrock");
                assertThat(endpoint.isSecure()).isTrue();
            }
        }
    }

    static Stream<Region> everyRegion() {
        return Region.regions().stream().filter(region -> !region.isGlobalRegion());
    }

    private static String zone(String region) {
        return switch (Regions.partition(region)) {
            case "aws", "aws-us-gov" -> "amazonaws.com";
            case "aws-cn" -> "amazonaws.com.cn";
            case "aws-eusc" -> "amazonaws.eu";
            case "aws-iso" -> "c2s.ic.gov";
            case "aws-iso-b" -> "sc2s.sgov.gov";
            case "aws-iso-e" -> "cloud.adc-e.uk";
            case "aws-iso-f" -> "csp.hci.ic.gov";
            default -> throw new AssertionError("a new partition: " + region);
        };
    }

    private static String dualStackZone(String region) {
        return switch (Regions.partition(region)) {
            case "aws", "aws-us-gov" -> "api.aws";
            case "aws-cn" -> "api.amazonwebservices.com.cn";
            case "aws-eusc" -> "api.amazonwebservices.eu";
            case "aws-iso" -> "api.aws.ic.gov";
            case "aws-iso-b" -> "api.aws.scloud";
            case "aws-iso-e" -> "api.cloud-aws.adc-e.uk";
            case "aws-iso-f" -> "api.aws.hci.ic.gov";
            default -> throw new AssertionError("a new partition: " + region);
        };
    }

    @ParameterizedTest
    @CsvSource({
        "https://vpce-0a1b-2c3d.bedrock-runtime.eu-west-1.vpce.amazonaws.com, 443",
        "https://vpce-0a1b-2c3d-eu-west-1a.bedrock-runtime.eu-west-1.vpce.amazonaws.com, 443",
        "https://bedrock.example.internal:8443, 8443",
    })
    void signsForTheConfiguredRegionWhateverHostAVpcEndpointHas(URI override, int port) {
        Endpoints endpoints = new Endpoints(new EndpointConfig(true, true, override, override, override));

        for (String service : List.of("runtime", "control", "mantle")) {
            Endpoint endpoint = resolve(endpoints, service, "eu-west-1");
            assertThat(endpoint.host()).isEqualTo(override.getHost());
            assertThat(endpoint.port()).isEqualTo(port);
            assertThat(endpoint.authority()).isEqualTo(override.getAuthority());
            assertThat(endpoint.signingRegion()).isEqualTo("eu-west-1");
        }
    }

    private static Endpoint resolve(Endpoints endpoints, String service, String region) {
        return switch (service) {
            case "runtime" -> endpoints.runtime(region);
            case "control" -> endpoints.controlPlane(region);
            case "mantle" -> endpoints.mantle(region);
            default -> endpoints.sts(region, null);
        };
    }

    /** The two switches that choose among a region's hosts. */
    enum Variant {
        plain(false, false),
        fips(true, false),
        dual(false, true),
        both(true, true);

        private final boolean isFips;
        private final boolean isDualStack;

        Variant(boolean isFips, boolean isDualStack) {
            this.isFips = isFips;
            this.isDualStack = isDualStack;
        }

        private EndpointConfig config() {
            return new EndpointConfig(isFips, isDualStack, null, null, null);
        }
    }
}
