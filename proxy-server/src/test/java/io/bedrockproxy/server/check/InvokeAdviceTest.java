package io.bedrockproxy.server.check;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The table of what Bedrock says about a request, with AWS's own words. */
class InvokeAdviceTest {
    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(
            delimiter = '|',
            value = {
                "AccessDeniedException | You don't have access to the model with the specified model ID."
                        + " | Bedrock console, Model access",
                "AccessDeniedException | User: x is not authorized to perform: bedrock:InvokeModel on resource: y because no"
                        + " identity-based policy allows | give the role the permission that AWS names, for a.b-v1",
                "AccessDeniedException | User: x is not authorized to perform: bedrock:InvokeModel because no session policy"
                        + " allows | clients.app.models",
                "AccessDeniedException | not authorized, with an explicit deny in a service control policy | a Deny",
                "ValidationException | Invocation of model ID a.b-v1 with on-demand throughput isn't supported."
                        + " | such as us.a.b-v1 or global.a.b-v1",
                "ValidationException | The provided model identifier is invalid. | there is no model a.b-v1 in us-east-1",
                "ValidationException | something else | correct what AWS names",
                "ResourceNotFoundException | This model version has reached the end of its life. | the model is retired",
                "ExpiredTokenException | The security token included in the request is expired | ended early",
                "UnrecognizedClientException | The security token included in the request is invalid. | does not know",
                "InvalidSignatureException | Signature expired: 20260101T000000Z is now earlier | this machine's clock",
                "InvalidSignatureException | Signature not yet current: 20260101T000000Z | this machine's clock",
                "InvalidSignatureException | Credential should be scoped to a valid region. | not one of us-east-1",
                "InvalidSignatureException | The request signature we calculated does not match | the secret key",
                "UnknownOperationException | AWS knows no such path | none of bedrock-runtime",
                "http-502 | | try again in a minute"
            })
    void whatBedrockSaysHasItsAdvice(String error, String message, String advice) {
        InvokeAdvice.Facts facts = new InvokeAdvice.Facts("app", "a.b-v1", "us-east-1");
        assertThat(InvokeAdvice.of(error, message == null ? "" : message, facts))
                .contains(advice);
    }
}
