package io.bedrockproxy.emulator;

import io.netty.util.LeakPresenceDetector;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Fails a test class that leaves a Netty buffer unreleased. The detector is installed by the build's JVM arguments. */
final class LeakDetection implements BeforeAllCallback, AfterAllCallback {
    @Override
    public void beforeAll(ExtensionContext context) {
        LeakPresenceDetector.check();
    }

    @Override
    public void afterAll(ExtensionContext context) {
        LeakPresenceDetector.check();
    }
}
