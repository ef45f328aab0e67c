package io.bedrockproxy.core.credentials;

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
 * Credentials that the SDK finds: its default chain, or one profile. The SDK keeps them and renews them when it sees fit;
 * asking it again is cheap until then, and may block on HTTP after that.
 */
final class DefaultChainSource implements CredentialsSource, AutoCloseable {
    private final String label;
    private final Supplier<AwsCredentialsProvider> maker;
    private @Nullable AwsCredentialsProvider provider;

    private DefaultChainSource(String label, Supplier<AwsCredentialsProvider> maker) {
        this.label = label;
        this.maker = maker;
    }

    /** The default chain. Reads the profile files again when they change. */
    static DefaultChainSource chain() {
        return new DefaultChainSource(
                "the AWS default chain",
                () -> DefaultCredentialsProvider.builder()
                        .profileFile(ProfileFileSupplier.defaultSupplier())
                        .build());
    }

    /** One profile. Reads the files again when they change. */
    static DefaultChainSource profile(String name) {
        return new DefaultChainSource(
                "profile " + name,
                () -> ProfileCredentialsProvider.builder()
                        .profileFile(ProfileFileSupplier.defaultSupplier())
                        .profileName(name)
                        .build());
    }

    /** What a provider of any other kind gives. */
    static DefaultChainSource of(String label, AwsCredentialsProvider provider) {
        return new DefaultChainSource(label, () -> provider);
    }

    @Override
    public SourceAnswer fetch(int alternative) {
        try {
            return answer(provider().resolveCredentials());
        } catch (RuntimeException e) {
            return new SourceAnswer.Refused(error(e));
        }
    }

    @Override
    public synchronized void close() {
        if (provider instanceof SdkAutoCloseable closeable) {
            closeable.close();
        }
    }

    /** Made at first use and not at start: the chain reads files and loads classes, which an event loop must not. */
    private synchronized AwsCredentialsProvider provider() {
        AwsCredentialsProvider made = provider;
        if (made == null) {
            made = maker.get();
            provider = made;
        }
        return made;
    }

    private static SourceAnswer answer(AwsCredentials found) {
        String token = found instanceof AwsSessionCredentials session ? session.sessionToken() : null;
        return new SourceAnswer.Fetched(new SessionCredentials(
                found.accessKeyId(),
                found.secretAccessKey(),
                token,
                found.expirationTime().orElse(null)));
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
