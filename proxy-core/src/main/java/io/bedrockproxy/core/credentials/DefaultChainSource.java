package io.bedrockproxy.core.credentials;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.auth.credentials.ProfileCredentialsProvider;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.profiles.ProfileFileSupplier;
import software.amazon.awssdk.utils.SdkAutoCloseable;

/**
 * Credentials that the SDK finds: its default chain, or one profile. Each question goes to a new provider, because the SDK's
 * own keep what they found until a fixed time before its end, whatever is asked of them: credentials that AWS refuses would
 * be given again, and short-lived ones too late. What was found is shared by all roles for the first half of its life.
 */
final class DefaultChainSource implements CredentialsSource {
    /** How long one question waits for the answer of another: as long as a call to STS may take. */
    private static final Duration LONGEST_TURN = StsClients.CALL_TIMEOUT;

    private final String label;
    private final Supplier<AwsCredentialsProvider> maker;
    private final InstantSource clock;
    private final ReentrantLock turn = new ReentrantLock();
    private volatile @Nullable Held held;

    /** What the SDK found, and until when nobody needs to look for more; keys that do not expire are looked for each time. */
    private record Held(SessionCredentials credentials, Instant youngUntil) {}

    private DefaultChainSource(String label, Supplier<AwsCredentialsProvider> maker, InstantSource clock) {
        this.label = label;
        this.maker = maker;
        this.clock = clock;
    }

    /** The default chain. Reads the profile files each time. */
    static DefaultChainSource chain(InstantSource clock) {
        return new DefaultChainSource(
                "the AWS default chain",
                () -> DefaultCredentialsProvider.builder()
                        .profileFile(ProfileFileSupplier.defaultSupplier())
                        .build(),
                clock);
    }

    /** One profile. Reads the files each time. */
    static DefaultChainSource profile(String name, InstantSource clock) {
        return new DefaultChainSource(
                "profile " + name,
                () -> ProfileCredentialsProvider.builder()
                        .profileFile(ProfileFileSupplier.defaultSupplier())
                        .profileName(name)
                        .build(),
                clock);
    }

    /** What providers of any other kind give; those that can be closed are closed after one question. */
    static DefaultChainSource of(String label, Supplier<AwsCredentialsProvider> maker, InstantSource clock) {
        return new DefaultChainSource(label, maker, clock);
    }

    @Override
    public SourceAnswer fetch(int alternative) {
        SourceAnswer young = young();
        if (young != null) {
            return young;
        }
        boolean isOurTurn = awaitTurn();
        try {
            SourceAnswer meanwhile = young();
            return meanwhile == null ? ask() : meanwhile;
        } finally {
            if (isOurTurn) {
                turn.unlock();
            }
        }
    }

    @Override
    public @Nullable SessionCredentials kept() {
        Held last = held;
        return last == null || last.credentials.isExpiredAt(clock.instant()) ? null : last.credentials;
    }

    @Override
    public void refused(SessionCredentials credentials) {
        Held last = held;
        if (last != null && last.credentials == credentials) {
            held = null;
        }
    }

    private @Nullable SourceAnswer young() {
        Held last = held;
        return last != null && clock.instant().isBefore(last.youngUntil)
                ? new SourceAnswer.Fetched(last.credentials)
                : null;
    }

    /** Whether it is our turn; if not, whoever has it hangs, and we ask beside it. */
    private boolean awaitTurn() {
        try {
            return turn.tryLock(LONGEST_TURN.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private SourceAnswer ask() {
        AwsCredentialsProvider provider = null;
        try {
            provider = maker.get();
            SessionCredentials found = session(provider.resolveCredentials());
            Instant now = clock.instant();
            Instant end = found.expiration();
            held = end == null
                    ? null
                    : new Held(found, now.plus(Duration.between(now, end).dividedBy(2)));
            return new SourceAnswer.Fetched(found);
        } catch (RuntimeException e) {
            return new SourceAnswer.Refused(error(e));
        } finally {
            if (provider instanceof SdkAutoCloseable closeable) {
                closeable.close();
            }
        }
    }

    private static SessionCredentials session(AwsCredentials found) {
        String token = found instanceof AwsSessionCredentials session ? session.sessionToken() : null;
        return new SessionCredentials(
                found.accessKeyId(),
                found.secretAccessKey(),
                token,
                found.expirationTime().orElse(null));
    }

    private SourceError error(RuntimeException thrown) {
        String detail = SafeText.of(reasons(thrown.getMessage()));
        // Web identity and profiles with a role ask STS themselves, and STS may say no.
        return thrown instanceof AwsServiceException refusal && refusal.statusCode() < 500
                ? SourceError.denied("source-refused", "AWS refused the credentials of " + label, detail)
                : SourceError.unavailable(
                        "no-source-credentials", label + " gave no credentials; see the proxy's log", detail);
    }

    /** The chain's message begins with a list of all its providers; what each of them lacks comes after it. */
    private static String reasons(@Nullable String message) {
        if (message == null) {
            return "";
        }
        int end = message.indexOf(") : [");
        return end < 0 ? message : message.substring(end + 4);
    }
}
