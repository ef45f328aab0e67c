package io.bedrockproxy.server.check;

import io.bedrockproxy.core.endpoint.BedrockRegions;
import java.util.List;

/** What to do about an endpoint that is not reached. */
final class EndpointAdvice {
    private EndpointAdvice() {}

    static String of(UsedEndpoint used, Obstacle obstacle) {
        return switch (obstacle) {
            case UNKNOWN_HOST -> unknownHost(used);
            case REFUSED, NO_CONNECTION ->
                used.overrideKey() == null
                        ? "let this machine reach " + used.endpoint().authority()
                                + ": security group, route, NAT gateway or VPC endpoint"
                        : "check host and port of " + used.overrideKey() + ", and what stands between: security group,"
                                + " route, firewall";
            case UNTRUSTED ->
                used.trusted() == null
                        ? "if the issuer is yours, such as that of a private endpoint, set " + used.section()
                                + ".trusted-certificates to a PEM file with its certificate; if it is not,"
                                + " something reads along between this machine and AWS"
                        : "put the issuer's certificate into " + used.trusted() + " (" + used.section()
                                + ".trusted-certificates replaces the JDK's roots)";
            case WRONG_NAME ->
                used.overrideKey() == null
                        ? "something answers in the place of AWS: check DNS and the route to "
                                + used.endpoint().authority()
                        : "set " + used.overrideKey() + " to a name that the certificate is for";
            case EXPIRED -> "renew the certificate; if its dates are right, correct this machine's clock";
            case TLS -> "check that " + used.endpoint().authority() + " speaks TLS 1.2 or newer";
            case SILENT, BROKEN ->
                "try again; if it stays so, look at what stands between: firewall, load balancer, VPC endpoint";
        };
    }

    private static String unknownHost(UsedEndpoint used) {
        if (used.overrideKey() != null) {
            return "correct the host of " + used.overrideKey() + ", or this machine's DNS";
        }
        String region = used.endpoint().signingRegion();
        if (used.section().equals("bedrock") && !BedrockRegions.isListed(region)) {
            List<String> near = BedrockRegions.near(region);
            return "the region " + region + " has no Bedrock that this version knows; choose another one in"
                    + " bedrock.region or the client's region" + (near.isEmpty() ? "" : ": " + String.join(", ", near));
        }
        return "check this machine's DNS; in a network without Internet, a VPC endpoint with private DNS makes the name";
    }
}
