package io.bedrockproxy.emulator;

import java.net.URI;
import java.time.Duration;
import java.util.function.Consumer;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.retries.DefaultRetryStrategy;
import software.amazon.awssdk.services.bedrockruntime.BedrockRuntimeAsyncClient;
import software.amazon.awssdk.services.bedrockruntime.BedrockRuntimeClient;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.services.sts.model.AssumeRoleRequest;
import software.amazon.awssdk.services.sts.model.Credentials;

/** The AWS SDK's clients, pointed at an emulator, without retries. */
final class SdkClients {
    static final String ROLE = "arn:aws:iam::123456789012:role/team/bedrock";

    private SdkClients() {}

    static AwsCredentials sourceKey() {
        return AwsBasicCredentials.create(Emulator.ACCESS_KEY_ID, Emulator.SECRET_ACCESS_KEY);
    }

    static BedrockRuntimeClient bedrock(Emulator emulator, AwsCredentials credentials) {
        return BedrockRuntimeClient.builder()
                .endpointOverride(emulator.bedrockEndpoint())
                .region(Region.US_EAST_1)
                .credentialsProvider(StaticCredentialsProvider.create(credentials))
                .httpClientBuilder(UrlConnectionHttpClient.builder())
                .overrideConfiguration(override -> override.retryStrategy(DefaultRetryStrategy.doNotRetry()))
                .build();
    }

    static BedrockRuntimeAsyncClient bedrockAsync(Emulator emulator, AwsCredentials credentials) {
        return BedrockRuntimeAsyncClient.builder()
                .endpointOverride(emulator.bedrockEndpoint())
                .region(Region.US_EAST_1)
                .credentialsProvider(StaticCredentialsProvider.create(credentials))
                .overrideConfiguration(override -> override.retryStrategy(DefaultRetryStrategy.doNotRetry()))
                .build();
    }

    static StsClient sts(Emulator emulator, AwsCredentials credentials) {
        return sts(emulator.stsEndpoint(), credentials);
    }

    static StsClient sts(URI endpoint, AwsCredentials credentials) {
        return StsClient.builder()
                .endpointOverride(endpoint)
                .region(Region.EU_CENTRAL_1)
                .credentialsProvider(StaticCredentialsProvider.create(credentials))
                .httpClientBuilder(UrlConnectionHttpClient.builder())
                .overrideConfiguration(override -> override.retryStrategy(DefaultRetryStrategy.doNotRetry())
                        .apiCallTimeout(Duration.ofSeconds(5)))
                .build();
    }

    static AwsSessionCredentials assumeRole(Emulator emulator, Consumer<AssumeRoleRequest.Builder> more) {
        try (StsClient sts = sts(emulator, sourceKey())) {
            Credentials granted = sts.assumeRole(request -> {
                        request.roleArn(ROLE).roleSessionName("tester");
                        more.accept(request);
                    })
                    .credentials();
            return AwsSessionCredentials.builder()
                    .accessKeyId(granted.accessKeyId())
                    .secretAccessKey(granted.secretAccessKey())
                    .sessionToken(granted.sessionToken())
                    .expirationTime(granted.expiration())
                    .build();
        }
    }
}
