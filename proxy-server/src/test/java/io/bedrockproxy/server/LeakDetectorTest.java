package io.bedrockproxy.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.util.LeakPresenceDetector.ResourceScope;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LeakDetectorTest {
    private final ResourceScope scope = new ResourceScope("this test");

    @AfterEach
    void leaveScope() {
        LeakDetector.enter(new ResourceScope("after this test"));
    }

    @Test
    void seesABufferUntilItIsReleased() {
        LeakDetector.enter(scope);
        ByteBuf buffer = UnpooledByteBufAllocator.DEFAULT.directBuffer(1);
        assertThat(scope.hasOpenResources()).isTrue();
        buffer.release();
        assertThat(scope.hasOpenResources()).isFalse();
    }

    @Test
    void countsABufferWhereItWasAllocated() {
        ByteBuf earlier = UnpooledByteBufAllocator.DEFAULT.directBuffer(1);
        LeakDetector.enter(scope);
        ByteBuf buffer = UnpooledByteBufAllocator.DEFAULT.directBuffer(1);
        earlier.release();
        assertThat(scope.hasOpenResources()).isTrue();
        buffer.release();
    }
}
