package io.bedrockproxy.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.netty.buffer.ByteBuf;
import io.netty.util.LeakPresenceDetector.ResourceScope;
import io.netty.util.ResourceLeakDetector;
import io.netty.util.ResourceLeakDetectorFactory;
import java.time.Duration;
import org.awaitility.core.ConditionTimeoutException;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;

/**
 * Fails a test class that leaves a Netty buffer unreleased: {@code @ExtendWith(LeakCheck.class)}. It looks when
 * everything of the class is closed, {@code @AutoClose} fields included, and waits a while, because event loops of
 * others (the AWS SDK's clients) end after their {@code close()} has returned. To see where the buffers came from:
 * {@code -Dio.netty.util.LeakPresenceDetector.trackCreationStack=true}.
 */
public final class LeakCheck implements BeforeAllCallback {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    @Override
    public void beforeAll(ExtensionContext context) {
        ResourceLeakDetector<?> installed =
                ResourceLeakDetectorFactory.instance().newResourceLeakDetector(ByteBuf.class);
        assertThat(installed)
                .as("-Dio.netty.customResourceLeakDetector=%s, as the build says", LeakDetector.class.getName())
                .isInstanceOf(LeakDetector.class);
        ResourceScope scope = new ResourceScope(context.getDisplayName());
        LeakDetector.enter(scope);
        // Values of a store are closed after every callback that could still close something.
        context.getStore(Namespace.create(LeakCheck.class)).put("check", (AutoCloseable) () -> leave(scope));
    }

    private static void leave(ResourceScope scope) {
        try {
            await("every buffer released").atMost(PATIENCE).until(() -> !scope.hasOpenResources());
        } catch (ConditionTimeoutException e) {
            // Throws, and says where they came from if that was recorded.
            scope.close();
        } finally {
            LeakDetector.enter(new ResourceScope("between test classes"));
        }
    }
}
