package io.bedrockproxy.server;

import io.bedrockproxy.emulator.Emulator;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.bedrockruntime.BedrockRuntimeClient;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.services.sts.model.Credentials;

/** A session of the role {@code test} with a policy that the proxy sent, in the hands of somebody without the proxy. */
final class StolenSession implements AutoCloseable {
    private final BedrockRuntimeClient bedrock;

    private StolenSession(BedrockRuntimeClient bedrock) {
        this.bedrock = bedrock;
    }

    static StolenSession of(Emulator aws, String policy) {
        try (StsClient sts = StsClient.builder()
                .endpointOverride(aws.stsEndpoint())
                .region(Region.US_EAST_1)
                .credentialsProvider(StaticCredentialsProvider.create(
                        AwsBasicCredentials.create(Emulator.ACCESS_KEY_ID, Emulator.SECRET_ACCESS_KEY)))
                .httpClientBuilder(UrlConnectionHttpClient.builder())
                .build()) {
            Credentials stolen = sts.assumeRole(request -> request.roleArn(LocalProxy.ROLE_ARN)
                            .externalId(LocalProxy.EXTERNAL_ID)
                            .roleSessionName("thief")
                            .policy(policy))
                    .credentials();
            return new StolenSession(BedrockRuntimeClient.builder()
                    .endpointOverride(aws.bedrockEndpoint())
                    .region(Region.US_EAST_1)
                    .credentialsProvider(StaticCredentialsProvider.create(AwsSessionCredentials.create(
                            stolen.accessKeyId(), stolen.secretAccessKey(), stolen.sessionToken())))
                    .httpClientBuilder(UrlConnectionHttpClient.builder())
                    .build());
        }
    }

    void invoke(String id, String body) {
        bedrock.invokeModel(
                request -> request.modelId(id).contentType("application/json").body(SdkBytes.fromUtf8String(body)));
    }

    @Override
    public void close() {
        bedrock.close();
    }
}
