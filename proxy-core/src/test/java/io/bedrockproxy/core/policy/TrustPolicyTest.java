package io.bedrockproxy.core.policy;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TrustPolicyTest {
    private static final String PROXY = "arn:aws:iam::111122223333:role/proxy";

    @Test
    void asksForTheExternalId() {
        assertThat(new TrustPolicy(PROXY, "contract-42", false, false).pretty()).isEqualTo("""
                {
                  "Version" : "2012-10-17",
                  "Statement" : [
                    {
                      "Effect" : "Allow",
                      "Principal" : {
                        "AWS" : "arn:aws:iam::111122223333:role/proxy"
                      },
                      "Action" : "sts:AssumeRole",
                      "Condition" : {
                        "StringEquals" : {
                          "sts:ExternalId" : "contract-42"
                        }
                      }
                    }
                  ]
                }""");
    }

    @Test
    void allowsTagsAndASourceIdentityWhereTheyAreUsed() {
        assertThat(new TrustPolicy(PROXY, null, false, false).pretty())
                .doesNotContain("Condition", "sts:TagSession", "sts:SetSourceIdentity");
        assertThat(new TrustPolicy(PROXY, null, true, false).pretty())
                .contains("sts:TagSession")
                .doesNotContain("sts:SetSourceIdentity");
        assertThat(new TrustPolicy(PROXY, null, false, true).pretty())
                .contains("sts:SetSourceIdentity")
                .doesNotContain("sts:TagSession");
    }

    @Test
    void doesNotPrintTheExternalIdByChance() {
        assertThat(new TrustPolicy(PROXY, "contract-42", true, true)).asString().doesNotContain("contract-42");
    }

    @ParameterizedTest
    @CsvSource({
        "arn:aws:iam::111122223333:user/proxy, arn:aws:iam::111122223333:user/proxy, false",
        "arn:aws:sts::111122223333:assumed-role/proxy/i-0abc, arn:aws:iam::111122223333:role/proxy, true",
        "arn:aws-us-gov:sts::111122223333:assumed-role/p/x, arn:aws-us-gov:iam::111122223333:role/p, true",
        "arn:aws:sts::111122223333:federated-user/x, arn:aws:sts::111122223333:federated-user/x, false",
        "arn:aws:iam::111122223333:root, arn:aws:iam::111122223333:root, false",
    })
    void trustsTheRoleBehindASession(String caller, String principal, boolean isSession) {
        assertThat(TrustPolicy.principalOf(caller)).isEqualTo(principal);
        assertThat(TrustPolicy.isSession(caller)).isEqualTo(isSession);
    }
}
