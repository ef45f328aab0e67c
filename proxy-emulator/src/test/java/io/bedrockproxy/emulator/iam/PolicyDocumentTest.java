package io.bedrockproxy.emulator.iam;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Policy documents against requests, as IAM's documentation has it. */
class PolicyDocumentTest {
    private static final String MODEL = "arn:aws:bedrock:us-east-1::foundation-model/anthropic.claude-v2";
    private static final String USER = "arn:aws:iam::111111111111:user/team/ann";
    private static final Map<String, List<String>> CONTEXT = Map.of(
            "aws:PrincipalArn",
            List.of("arn:aws:iam::111111111111:role/team/r"),
            "sts:ExternalId",
            List.of("Ext-1"),
            "aws:RequestTag/Team",
            List.of("a"),
            "aws:TagKeys",
            List.of("Team", "env"));

    private static AccessRequest invoke(Map<String, List<String>> context) {
        return new AccessRequest("bedrock:InvokeModel", MODEL, null, context);
    }

    private static PolicyDocument permissions(String statements) throws MalformedPolicyException {
        return PolicyDocument.permissions("{'Version':'2012-10-17','Statement':STATEMENTS}"
                .replace("STATEMENTS", statements)
                .replace('\'', '"'));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            'Action':'bedrock:InvokeModel','Resource':'*'                                        | ALLOWED
            'Action':'BEDROCK:invokemodel','Resource':'*'                                        | ALLOWED
            'Action':['bedrock:CountTokens','bedrock:Invoke*'],'Resource':['*']                  | ALLOWED
            'Action':'*','Resource':'arn:aws:bedrock:*::foundation-model/*'                      | ALLOWED
            'Action':'bedrock:InvokeMode?','Resource':'arn:aws:bedrock:us-east-?::*/anthropic.*' | ALLOWED
            'Action':'bedrock:InvokeModel?','Resource':'*'                                       | IMPLICITLY_DENIED
            'Action':'bedrock:Converse','Resource':'*'                                           | IMPLICITLY_DENIED
            'Action':'sts:*','Resource':'*'                                                      | IMPLICITLY_DENIED
            'Action':'bedrock:*','Resource':'arn:aws:bedrock:us-east-1::foundation-model/x*'     | IMPLICITLY_DENIED
            'Action':'bedrock:*','Resource':'ARN'                                                | ALLOWED
            'Action':'bedrock:*','Resource':'arn:aws:bedrock:us-east-1::foundation-model/ANTHROPIC.*' | IMPLICITLY_DENIED
            'NotAction':'sts:*','Resource':'*'                                                   | ALLOWED
            'NotAction':['sts:*','bedrock:Invoke*'],'Resource':'*'                               | IMPLICITLY_DENIED
            'Action':'*','NotResource':'arn:aws:s3:::*'                                          | ALLOWED
            'Action':'*','NotResource':'arn:aws:bedrock:*:*:*'                                   | IMPLICITLY_DENIED
            """)
    void coversActionsAndResources(String elements, Decision expected) throws MalformedPolicyException {
        PolicyDocument policy = permissions("{'Effect':'Allow'," + elements.replace("ARN", MODEL) + "}");

        assertThat(policy.decide(invoke(Map.of()))).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            'StringEquals':{'sts:ExternalId':'Ext-1'}                                   | true
            'StringEquals':{'STS:externalid':['no','Ext-1']}                            | true
            'StringEquals':{'sts:ExternalId':'ext-1'}                                   | false
            'StringEquals':{'sts:ExternalId':'Ext-*'}                                   | false
            'StringEquals':{'sts:ExternalId':[]}                                        | false
            'StringEqualsIgnoreCase':{'sts:ExternalId':'EXT-1'}                         | true
            'StringLike':{'sts:ExternalId':'Ext-?'}                                     | true
            'StringLike':{'sts:ExternalId':'ext-?'}                                     | false
            'StringNotEquals':{'sts:ExternalId':['a','b']}                              | true
            'StringNotEquals':{'sts:ExternalId':['a','Ext-1']}                          | false
            'StringNotLike':{'sts:ExternalId':'Ext*'}                                   | false
            'StringEquals':{'sts:RoleSessionName':'me'}                                 | false
            'StringNotEquals':{'sts:RoleSessionName':'me'}                              | true
            'StringEqualsIfExists':{'sts:RoleSessionName':'me'}                         | true
            'StringEqualsIfExists':{'sts:ExternalId':'me'}                              | false
            'StringNotEquals':{'aws:SourceVpc':'vpc-1'}                                 | false
            'StringEqualsIfExists':{'aws:SourceVpc':'vpc-1'}                            | false
            'Bool':{'aws:SecureTransport':'true'}                                       | false
            'Null':{'sts:SourceIdentity':'true'}                                        | true
            'Null':{'sts:ExternalId':true}                                              | false
            'Null':{'sts:ExternalId':'false'}                                           | true
            'ArnLike':{'aws:PrincipalArn':'arn:aws:iam::*:role/*/r'}                    | true
            'ArnLike':{'aws:PrincipalArn':'arn:aws:*:role/team/r'}                      | false
            'ArnLike':{'aws:PrincipalArn':'*'}                                          | true
            'ArnEquals':{'aws:PrincipalArn':'arn:aws:iam::111111111111:role/team/?'}    | true
            'ArnNotLike':{'aws:PrincipalArn':'arn:aws:iam::*:user/*'}                   | true
            'StringEquals':{'aws:RequestTag/team':'a','sts:ExternalId':'Ext-1'}         | true
            'StringEquals':{'aws:RequestTag/team':'a','sts:ExternalId':'Ext-2'}         | false
            'StringEquals':{'aws:RequestTag/team':'a'},'StringLike':{'sts:ExternalId':'x*'} | false
            'StringEquals':{'aws:RequestTag/env':'a'}                                   | false
            'ForAllValues:StringEquals':{'aws:TagKeys':['Team','env','more']}           | true
            'ForAllValues:StringEquals':{'aws:TagKeys':['Team']}                        | false
            'ForAllValues:StringEquals':{'sts:TransitiveTagKeys':['Team']}              | true
            'ForAnyValue:StringEquals':{'aws:TagKeys':['env']}                          | true
            'ForAnyValue:StringEquals':{'aws:TagKeys':['other']}                        | false
            'ForAnyValue:StringEquals':{'sts:TransitiveTagKeys':['Team']}               | false
            'ForAnyValue:StringNotEquals':{'aws:TagKeys':['env']}                       | true
            """)
    void meetsConditions(String conditions, boolean met) throws MalformedPolicyException {
        PolicyDocument policy =
                permissions("[{'Effect':'Allow','Action':'*','Resource':'*','Condition':{" + conditions + "}}]");

        assertThat(policy.allows(invoke(CONTEXT))).isEqualTo(met);
    }

    @Test
    void lookedForInferenceProfilesAreThoseOfTheRequest() throws MalformedPolicyException {
        String profile = "arn:aws:bedrock:us-east-1:111111111111:inference-profile/us.anthropic.claude-v2";
        PolicyDocument policy = permissions("{'Effect':'Allow','Action':'*','Resource':'*','Condition':"
                + "{'ArnLike':{'bedrock:InferenceProfileArn':'" + profile + "'}}}");

        assertThat(policy.allows(invoke(Map.of()))).isFalse();
        assertThat(policy.allows(invoke(Map.of("bedrock:InferenceProfileArn", List.of(profile)))))
                .isTrue();
    }

    @Test
    void aDenialBeatsAnyPermission() throws MalformedPolicyException {
        String allow = "{'Effect':'Allow','Action':'*','Resource':'*'}";
        String deny = "{'Effect':'Deny','Action':'bedrock:InvokeModel','Resource':'*'}";

        assertThat(permissions('[' + allow + ',' + deny + ']').decide(invoke(Map.of())))
                .isEqualTo(Decision.EXPLICITLY_DENIED);
        assertThat(permissions('[' + allow + ',' + deny + ']')
                        .decide(invoke(Map.of()).withAction("bedrock:CountTokens")))
                .isEqualTo(Decision.ALLOWED);
        assertThat(permissions(deny).decide(invoke(Map.of()).withAction("bedrock:CountTokens")))
                .isEqualTo(Decision.IMPLICITLY_DENIED);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            '*'                                                     | true
            {'AWS':'*'}                                             | true
            {'AWS':'arn:aws:iam::111111111111:user/team/ann'}       | true
            {'AWS':['222222222222','111111111111']}                 | true
            {'AWS':'arn:aws:iam::111111111111:root'}                | true
            {'AWS':'arn:aws:iam::222222222222:root'}                | false
            {'AWS':'arn:aws:iam::111111111111:user/bob'}            | false
            {'Service':'bedrock.amazonaws.com'}                     | false
            {'Federated':'arn:aws:iam::111111111111:user/team/ann'} | false
            """)
    void trustsThePrincipalsItNames(String principal, boolean trusted) throws MalformedPolicyException {
        PolicyDocument policy =
                PolicyDocument.trust("{'Statement':{'Effect':'Allow','Principal':PRINCIPAL,'Action':'sts:AssumeRole'}}"
                        .replace("PRINCIPAL", principal)
                        .replace('\'', '"'));
        Principal ann = Principal.aws(Set.of(USER), "aws", "111111111111");

        assertThat(policy.allows(new AccessRequest("sts:AssumeRole", "arn:x", ann, Map.of())))
                .isEqualTo(trusted);
        assertThat(policy.allows(new AccessRequest("sts:TagSession", "arn:x", ann, Map.of())))
                .isFalse();
    }

    @Test
    void tellsTrustInAPrincipalFromTrustInItsAccount() throws MalformedPolicyException {
        PolicyDocument policy = PolicyDocument.trust("{\"Statement\":[{\"Effect\":\"Allow\",\"Principal\":"
                + "{\"AWS\":\"111111111111\"},\"Action\":\"sts:AssumeRole\"}]}");
        AccessRequest request = new AccessRequest(
                "sts:AssumeRole", "arn:x", Principal.aws(Set.of(USER), "aws", "111111111111"), Map.of());

        assertThat(policy.allows(request)).isTrue();
        assertThat(policy.allows(request.withPrincipal(
                        Principal.aws(Set.of(USER), "aws", "111111111111").withoutAccount())))
                .isFalse();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {                                                                               | contains invalid Json
            []                                                                              | Syntax errors
            {'Version':'2012-10-17'}                                                        | Syntax errors
            {'Version':'2012-10-18','Statement':[ALLOW]}                                    | Syntax errors
            {'Statement':[]}                                                                | Syntax errors
            {'Statement':ALLOW,'Extra':1}                                                   | Syntax errors
            {'Statement':ALLOW} x                                                           | contains invalid Json
            {'Statement':{'Effect':'allow','Action':'a:b','Resource':'*'}}                  | Syntax errors
            {'Statement':{'Effect':'Allow','Effect':'Deny','Action':'a:b','Resource':'*'}}  | contains invalid Json
            {'Statement':{'Effect':'Allow','Resource':'*'}}                                 | must contain actions
            {'Statement':{'Effect':'Allow','Action':[],'Resource':'*'}}                     | must contain actions
            {'Statement':{'Effect':'Allow','Action':'a:b'}}                                 | must contain resources
            {'Statement':{'Effect':'Allow','Action':'a:b','NotAction':'a:b','Resource':'*'}}| Syntax errors
            {'Statement':{'Effect':'Allow','Action':'InvokeModel','Resource':'*'}}          | prefaced by a vendor
            {'Statement':{'Effect':'Allow','Action':'a:b','Resource':'claude'}}             | must be in ARN format
            {'Statement':{'Effect':'Allow','Action':'a:b','Resource':{}}}                   | Syntax errors
            {'Statement':{'Effect':'Allow','Action':'a:b','Resource':'*','Principal':'*'}}  | should not specify a principal
            {'Statement':{'Sid':'a b','Effect':'Allow','Action':'a:b','Resource':'*'}}      | must be alpha-numeric
            {'Statement':[{'Sid':'s','Effect':'Allow','Action':'a:b','Resource':'*'},{'Sid':'s','Effect':'Allow','Action':'a:b','Resource':'*'}]} | must be unique
            {'Statement':{'Effect':'Allow','Action':'a:b','Resource':'*','Condition':{'Equals':{'a:b':'c'}}}} | Invalid Condition type
            {'Statement':{'Effect':'Allow','Action':'a:b','Resource':'*','Condition':{'StringEquals':'c'}}}   | Syntax errors
            {'Statement':{'Effect':'Allow','Action':'a:b','Resource':'*','Condition':{'StringEquals':{'b':'c'}}}} | prefaced by a vendor
            """)
    void refusesAMalformedDocument(String json, String complaint) {
        String text = json.replace("ALLOW", "{'Effect':'Allow','Action':'a:b','Resource':'*'}")
                .replace('\'', '"');

        assertThatThrownBy(() -> PolicyDocument.permissions(text))
                .isInstanceOf(MalformedPolicyException.class)
                .hasMessageContaining(complaint);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            'Action':'sts:AssumeRole'                                              | required field Principal
            'Action':'sts:AssumeRole','Principal':'*','Resource':'*'               | prohibited field Resource
            'Action':'s3:GetObject','Principal':'*'                                | may only specify STS
            'Action':'sts:AssumeRole','Principal':{'AWS':'arn:aws:iam::1:user/x'}  | Invalid principal
            'Action':'sts:AssumeRole','Principal':{'AWS':'arn:aws:iam::111111111111:user/*'} | Invalid principal
            'Action':'sts:AssumeRole','Principal':{'Somebody':'x'}                 | Syntax errors
            """)
    void refusesAMalformedTrustPolicy(String elements, String complaint) {
        String json = "{'Statement':{'Effect':'Allow',ELEMENTS}}"
                .replace("ELEMENTS", elements)
                .replace('\'', '"');

        assertThatThrownBy(() -> PolicyDocument.trust(json))
                .isInstanceOf(MalformedPolicyException.class)
                .hasMessageContaining(complaint);
    }
}
