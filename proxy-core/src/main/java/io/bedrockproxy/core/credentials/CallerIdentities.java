package io.bedrockproxy.core.credentials;

import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.services.sts.model.GetCallerIdentityResponse;

/**
 * Asks STS whose credentials some are (GetCallerIdentity, which needs no permission). Blocks, so it is for commands and
 * not for a proxy that serves. Reaches STS as the roles do; whatever goes wrong is an {@link CallerIdentity.Unknown}.
 */
public final class CallerIdentities implements AutoCloseable {
    /** A machine without credentials waits for instance metadata that nobody serves, and for an STS without a route. */
    static final Duration PATIENCE = Duration.ofSeconds(10);

    private final AwsSources sources;
    private final InstantSource clock;
    private final Duration patience;

    CallerIdentities(AwsSources sources, InstantSource clock, Duration patience) {
        this.sources = sources;
        this.clock = clock;
        this.patience = patience;
    }

    /**
     * Opens no connection yet.
     *
     * @throws IllegalArgumentException if the trusted certificates cannot be read
     */
    public static CallerIdentities create(CredentialsConfig config, InstantSource clock) {
        return new CallerIdentities(new AwsSources(config, clock), clock, PATIENCE);
    }

    /**
     * Whose credentials a source has. Blocks for 10 s at most. A role's session is told without asking anybody: its name
     * follows from what AssumeRole would be asked with.
     *
     * @param stsRegion the region whose STS is asked
     * @param stsEndpoint replaces that region's endpoint; null: AWS's own
     */
    public CallerIdentity of(SourceConfig source, String stsRegion, @Nullable URI stsEndpoint) {
        if (source instanceof SourceConfig.RoleSession session) {
            return session(session.role());
        }
        return inTime(() -> {
            SourceAnswer answer =
                    sources.open(CredentialsKey.direct(source), null).fetch(0);
            return answer instanceof SourceAnswer.Fetched fetched
                    ? ask(fetched.credentials(), "source " + source.label(), sources.sts(stsRegion, stsEndpoint))
                    : unknown(((SourceAnswer.Refused) answer).error());
        });
    }

    /**
     * Whose credentials these are. Blocks for 10 s at most.
     *
     * @param stsRegion the region whose STS is asked
     * @param stsEndpoint replaces that region's endpoint; null: AWS's own
     */
    public CallerIdentity of(SessionCredentials credentials, String stsRegion, @Nullable URI stsEndpoint) {
        return inTime(() -> ask(credentials, "key " + credentials.accessKeyId(), sources.sts(stsRegion, stsEndpoint)));
    }

    /** Ends calls that are still in flight. */
    @Override
    public void close() {
        sources.close();
    }

    private static CallerIdentity session(AssumedRole role) {
        String[] arn = role.roleArn().split(":", 6);
        String name = arn[5].substring(arn[5].lastIndexOf('/') + 1);
        return new CallerIdentity.Known(
                arn[4], "arn:" + arn[1] + ":sts::" + arn[4] + ":assumed-role/" + name + '/' + role.sessionName());
    }

    /** On a thread that may be left behind: the SDK's providers have time-outs of their own, one after the other. */
    private CallerIdentity inTime(Supplier<CallerIdentity> question) {
        FutureTask<CallerIdentity> task = new FutureTask<>(question::get);
        Thread thread = new Thread(task, "caller-identity");
        thread.setDaemon(true);
        thread.start();
        try {
            return task.get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            return new CallerIdentity.Unknown(
                    "no answer within " + patience.toSeconds() + " s from the credential source or STS");
        } catch (ExecutionException e) {
            return new CallerIdentity.Unknown(SafeText.of(String.valueOf(e.getCause())));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new CallerIdentity.Unknown("interrupted");
        }
    }

    private CallerIdentity ask(SessionCredentials credentials, String subject, Supplier<StsClient> sts) {
        try {
            GetCallerIdentityResponse answer = sts.get()
                    .getCallerIdentity(request -> request.overrideConfiguration(
                            o -> o.credentialsProvider(AssumeRoleSource.provider(credentials))));
            return answer.arn() == null || answer.account() == null
                    ? new CallerIdentity.Unknown("STS's answer cannot be read")
                    : new CallerIdentity.Known(answer.account(), answer.arn());
        } catch (RuntimeException e) {
            return unknown(StsErrors.ofCaller(subject, clock).of(e, credentials));
        }
    }

    /** Who runs a command is who reads the log. */
    private static CallerIdentity unknown(SourceError error) {
        String summary = error.summary().replace("; see the proxy's log", "");
        return new CallerIdentity.Unknown(error.detail().isEmpty() ? summary : summary + " (" + error.detail() + ')');
    }
}
