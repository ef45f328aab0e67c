package io.bedrockproxy.core.credentials;

import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.services.sts.model.AssumeRoleRequest;
import software.amazon.awssdk.services.sts.model.Credentials;
import software.amazon.awssdk.services.sts.model.Tag;

/**
 * Assumes one role. Reads the source credentials before each call, so that expired ones are never the reason why a fresh
 * session cannot be had.
 */
final class AssumeRoleSource implements CredentialsSource {
    private final AssumedRole role;
    private final CredentialsSource base;
    private final List<Supplier<StsClient>> clients;
    private final StsErrors errors;

    /**
     * Assumes {@code role} with the credentials of {@code base}.
     *
     * @param clients of the role's own STS endpoint and then of its fallbacks; made when first asked for, because making
     *     one loads a good part of the SDK
     */
    AssumeRoleSource(AssumedRole role, CredentialsSource base, List<Supplier<StsClient>> clients, StsErrors errors) {
        this.role = role;
        this.base = base;
        this.clients = List.copyOf(clients);
        this.errors = errors;
    }

    @Override
    public @Nullable Path file() {
        return base.file();
    }

    @Override
    public int alternatives() {
        return clients.size();
    }

    @Override
    public SourceAnswer fetch(int alternative) {
        SourceAnswer answer = base.fetch(0);
        SessionCredentials source =
                answer instanceof SourceAnswer.Fetched fetched ? fetched.credentials() : base.kept();
        return source == null ? answer : assume(clients.get(alternative), source);
    }

    private SourceAnswer assume(Supplier<StsClient> client, SessionCredentials source) {
        StsClient sts;
        try {
            sts = client.get();
        } catch (RuntimeException e) {
            // The SDK reads the profile files even where it is told not to use them; STS has not been asked.
            return new SourceAnswer.Refused(OwnErrors.unexpected(e));
        }
        Credentials answered;
        try {
            answered = sts.assumeRole(request(source)).credentials();
        } catch (RuntimeException e) {
            if (StsErrors.isOfSource(e)) {
                base.refused(source);
            }
            return new SourceAnswer.Refused(errors.of(e, source));
        }
        return isComplete(answered) ? new SourceAnswer.Fetched(session(answered)) : errors.incomplete();
    }

    private AssumeRoleRequest request(SessionCredentials source) {
        return AssumeRoleRequest.builder()
                .overrideConfiguration(o -> o.credentialsProvider(provider(source)))
                .roleArn(role.roleArn())
                .roleSessionName(role.sessionName())
                .durationSeconds(Math.toIntExact(role.duration().toSeconds()))
                .externalId(role.externalId())
                .policy(role.sessionPolicy())
                .sourceIdentity(role.sourceIdentity())
                .tags(tags())
                .build();
    }

    private @Nullable List<Tag> tags() {
        // Null and not empty: an empty list travels as "Tags=", which looks like a wish to tag the session.
        return role.sessionTags().isEmpty()
                ? null
                : role.sessionTags().entrySet().stream()
                        .map(e -> Tag.builder()
                                .key(e.getKey())
                                .value(e.getValue())
                                .build())
                        .toList();
    }

    /** What signs one call to STS. */
    static AwsCredentialsProvider provider(SessionCredentials source) {
        String token = source.sessionToken();
        return StaticCredentialsProvider.create(
                token == null
                        ? AwsBasicCredentials.create(source.accessKeyId(), source.secretAccessKey())
                        : AwsSessionCredentials.create(source.accessKeyId(), source.secretAccessKey(), token));
    }

    private static boolean isComplete(@Nullable Credentials answered) {
        return answered != null
                && isPresent(answered.accessKeyId())
                && isPresent(answered.secretAccessKey())
                && isPresent(answered.sessionToken())
                && answered.expiration() != null;
    }

    private static boolean isPresent(@Nullable String field) {
        return field != null && !field.isBlank();
    }

    private static SessionCredentials session(Credentials answered) {
        return new SessionCredentials(
                answered.accessKeyId(), answered.secretAccessKey(), answered.sessionToken(), answered.expiration());
    }
}
