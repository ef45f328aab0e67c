package io.bedrockproxy.core.credentials;

import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.services.sts.model.GetCallerIdentityResponse;

/**
 * Gets credentials once, as a refresher would, and tells STS's own words when it gets none: for commands that look into
 * what is wrong. Every method blocks for as long as STS and the sources take. Thread-safe.
 */
public final class CredentialsProbe implements AutoCloseable {
    /** How long one call to STS may take when the proxy serves. */
    public static final Duration CALL_TIMEOUT = StsClients.CALL_TIMEOUT;

    private final AwsSources sources;
    private final InstantSource clock;

    private CredentialsProbe(AwsSources sources, InstantSource clock) {
        this.sources = sources;
        this.clock = clock;
    }

    /**
     * Opens no connection yet.
     *
     * @param callTimeout for each call to STS
     * @throws IllegalArgumentException if the trusted certificates cannot be read
     */
    public static CredentialsProbe create(CredentialsConfig config, InstantSource clock, Duration callTimeout) {
        return new CredentialsProbe(new AwsSources(config, clock, callTimeout), clock);
    }

    /** The credentials of a source; not of a role's session, which has to be assumed. */
    public ProbeAnswer<SessionCredentials> source(SourceConfig source) {
        return checked(sources.open(CredentialsKey.direct(source), null).fetch(0));
    }

    /** Assumes a role with credentials that are there; STS's fallback regions have their turn while it does not answer. */
    public ProbeAnswer<SessionCredentials> role(AssumedRole role, SessionCredentials with) {
        return checked(firstAnswer(sources.assume(role, alternative -> new SourceAnswer.Fetched(with), false)));
    }

    /** Of the alternatives in turn, until one gives credentials or says no. */
    static SourceAnswer firstAnswer(CredentialsSource source) {
        SourceAnswer answer = source.fetch(0);
        for (int next = 1; next < source.alternatives() && mayHeal(answer); next++) {
            answer = source.fetch(next);
        }
        return answer;
    }

    /**
     * Whose credentials these are: an ARN.
     *
     * @param stsRegion the region whose STS is asked
     * @param stsEndpoint replaces that region's endpoint; null: AWS's own
     */
    public ProbeAnswer<String> caller(SessionCredentials credentials, String stsRegion, @Nullable URI stsEndpoint) {
        Supplier<StsClient> sts = sources.sts(stsRegion, stsEndpoint);
        try {
            GetCallerIdentityResponse answer = sts.get()
                    .getCallerIdentity(request -> request.overrideConfiguration(
                            o -> o.credentialsProvider(AssumeRoleSource.provider(credentials))));
            return answer.arn() == null
                    ? new ProbeAnswer.Refused<>("malformed-answer", "STS's answer holds no ARN")
                    : new ProbeAnswer.Found<>(SafeText.of(answer.arn()));
        } catch (RuntimeException e) {
            return refused(StsErrors.ofCaller("key " + credentials.accessKeyId(), clock)
                    .of(e, credentials));
        }
    }

    /** Ends calls that are still in flight. */
    @Override
    public void close() {
        sources.close();
    }

    private static boolean mayHeal(SourceAnswer answer) {
        return answer instanceof SourceAnswer.Refused refused
                && !refused.error().isDenied();
    }

    private ProbeAnswer<SessionCredentials> checked(SourceAnswer answer) {
        if (answer instanceof SourceAnswer.Refused refused) {
            return refused(refused.error());
        }
        SessionCredentials credentials = ((SourceAnswer.Fetched) answer).credentials();
        return credentials.isExpiredAt(clock.instant())
                ? new ProbeAnswer.Refused<>("expired-answer", "they expired at " + credentials.expiration())
                : new ProbeAnswer.Found<>(credentials);
    }

    private static <T> ProbeAnswer<T> refused(SourceError error) {
        return new ProbeAnswer.Refused<>(error.code(), error.detail().isEmpty() ? error.summary() : error.detail());
    }
}
