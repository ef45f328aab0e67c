package io.bedrockproxy.server;

import io.netty.buffer.ByteBuf;
import io.netty.util.LeakPresenceDetector;

/**
 * Counts every buffer in the scope of the test class that runs. The build installs it by a JVM argument; Netty makes the
 * instances, one for each kind of resource, so the scope is static.
 */
public final class LeakDetector<T> extends LeakPresenceDetector<T> {
    /** Key material of BoringSSL, for instance, which the garbage collector frees together with its context. */
    private static final ResourceScope NO_BUFFERS = new ResourceScope("no buffers");

    private static volatile ResourceScope scope = new ResourceScope("no test class");

    private final boolean buffers;

    /** For Netty's factory. */
    @SuppressWarnings("unused")
    public LeakDetector(Class<?> resourceType, int samplingInterval) {
        super(resourceType);
        buffers = ByteBuf.class.isAssignableFrom(resourceType);
    }

    /** For Netty's factory. */
    @SuppressWarnings("unused")
    public LeakDetector(Class<?> resourceType, int samplingInterval, long maxActive) {
        this(resourceType, samplingInterval);
    }

    /** What is allocated from now on belongs to {@code next}; what is released still counts where it was allocated. */
    static void enter(ResourceScope next) {
        scope = next;
    }

    @Override
    protected ResourceScope currentScope() {
        return buffers ? scope : NO_BUFFERS;
    }
}
