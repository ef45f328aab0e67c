package io.bedrockproxy.server.check;

import static io.bedrockproxy.server.check.AdviceTable.ANY;

import io.bedrockproxy.server.check.AdviceTable.Row;
import java.util.List;

/** What to do when a role cannot be assumed. The words are STS's, of the AssumeRole API reference and of its answers. */
final class RoleAdvice {
    private static final AdviceTable<RoleFacts> TABLE = new AdviceTable<>(List.of(
            new Row<>("AccessDenied", "sts:TagSession", RoleAdvice::tags),
            new Row<>("AccessDenied", "sts:SetSourceIdentity", RoleAdvice::sourceIdentity),
            new Row<>(
                    "AccessDenied",
                    "explicit deny",
                    facts -> "a policy that STS names denies it: look for a Deny that fits " + facts.principal()
                            + " or " + facts.role().roleArn()),
            new Row<>("AccessDenied", "no identity-based policy allows", RoleAdvice::permission),
            new Row<>(
                    "AccessDenied",
                    "no session policy allows",
                    facts -> "the session of " + facts.principal()
                            + " is narrowed down by a session policy: it has to allow " + facts.permissionStatement()),
            new Row<>(
                    "AccessDenied",
                    "no permissions boundary allows",
                    facts -> "the permissions boundary of " + facts.principal() + " has to allow "
                            + facts.permissionStatement()),
            new Row<>(
                    "AccessDenied",
                    "no service control policy allows",
                    facts -> "the organization's service control policy has to allow " + facts.permissionStatement()),
            new Row<>(
                    "AccessDenied",
                    "no VPC endpoint policy allows",
                    facts -> "the policy of the VPC endpoint of STS has to allow " + facts.permissionStatement()),
            new Row<>("AccessDenied", ANY, RoleAdvice::trust),
            new Row<>(
                    "ValidationError",
                    "role chaining",
                    facts -> "set " + facts.key("duration") + " to 1h or less: " + facts.principal()
                            + " is a role itself, and STS gives a chained session an hour at most"),
            new Row<>(
                    "ValidationError",
                    "MaxSessionDuration",
                    facts -> "set " + facts.key("duration")
                            + " to the role's maximum session duration or less, or raise that in" + " IAM; it is "
                            + facts.role().duration().toMinutes() + " min now"),
            new Row<>(
                    "ValidationError",
                    ANY,
                    facts -> "correct the value that STS names, under roles."
                            + facts.used().name()),
            new Row<>(
                    "MalformedPolicyDocument",
                    ANY,
                    facts -> "correct " + facts.key("session-policy") + ": IAM cannot read it"),
            new Row<>(
                    "PackedPolicyTooLarge",
                    ANY,
                    facts -> "shorten " + facts.key("session-policy")
                            + " (a generated one: fewer patterns in the clients'" + " models) or "
                            + facts.key("session-tags")),
            new Row<>(
                    "RegionDisabledException",
                    ANY,
                    facts -> "activate STS in " + facts.role().stsRegion()
                            + " (IAM, account settings, of the role's account), or"
                            + " choose another region in sts.region or " + facts.key("sts-region")),
            new Row<>("SignatureDoesNotMatch", "clock is", facts -> "correct this machine's clock with NTP"),
            new Row<>("SignatureDoesNotMatch", "Signature expired", facts -> "correct this machine's clock with NTP"),
            new Row<>(
                    "SignatureDoesNotMatch",
                    "Signature not yet current",
                    facts -> "correct this machine's clock with NTP"),
            new Row<>("expired-answer", ANY, facts -> "correct this machine's clock with NTP"),
            new Row<>("ExpiredToken", ANY, RoleAdvice::source),
            new Row<>("ExpiredTokenException", ANY, RoleAdvice::source),
            new Row<>("InvalidClientTokenId", ANY, RoleAdvice::source),
            new Row<>("UnrecognizedClientException", ANY, RoleAdvice::source),
            new Row<>("SignatureDoesNotMatch", ANY, RoleAdvice::source),
            new Row<>("tls", ANY, RoleAdvice::network),
            new Row<>("unknown-host", ANY, RoleAdvice::network),
            new Row<>("unreachable", ANY, RoleAdvice::network),
            new Row<>("timeout", ANY, RoleAdvice::network),
            new Row<>(
                    "malformed-answer",
                    ANY,
                    facts -> "something stands between this machine and STS: check sts.endpoint and forward proxies"),
            new Row<>(ANY, ANY, facts -> "try again in a minute; the proxy itself keeps trying")));

    private RoleAdvice() {}

    static String of(String code, String message, RoleFacts facts) {
        return TABLE.advice(code, message, facts);
    }

    private static String trust(RoleFacts facts) {
        return "STS does not tell which it is: (1) the role exists: "
                + facts.role().roleArn()
                + "; (2) its trust policy lets the caller " + facts.principal() + " in (with its path, if that role has"
                + " one), with this statement: " + facts.trustStatement() + "; (3) " + facts.externalId()
                + "; (4) across accounts, the caller also needs the permission " + facts.permissionStatement();
    }

    private static String permission(RoleFacts facts) {
        return "the caller lacks the permission: add to the policies of " + facts.principal() + ": "
                + facts.permissionStatement();
    }

    private static String tags(RoleFacts facts) {
        return "the trust policy has to allow sts:TagSession besides sts:AssumeRole, with this statement: "
                + facts.trustStatement() + "; or leave out " + facts.key("session-tags");
    }

    private static String sourceIdentity(RoleFacts facts) {
        return "the trust policy has to allow sts:SetSourceIdentity besides sts:AssumeRole, with this statement: "
                + facts.trustStatement() + "; or leave out " + facts.key("source-identity")
                + " (a source identity that the caller has already cannot be changed)";
    }

    private static String source(RoleFacts facts) {
        return "STS refuses the credentials that the role is assumed with: renew those of " + facts.key("source");
    }

    private static String network(RoleFacts facts) {
        return "see the line sts " + facts.role().stsRegion();
    }
}
