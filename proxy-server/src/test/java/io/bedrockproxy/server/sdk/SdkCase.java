package io.bedrockproxy.server.sdk;

import java.util.ArrayList;
import java.util.List;

/**
 * One way to use the SDK with the proxy.
 *
 * @param flavor the SDK's HTTP client
 * @param tls whether both sides of the proxy speak TLS, or both cleartext
 */
record SdkCase(SdkFlavor flavor, boolean tls) {
    /** All of them. */
    static List<SdkCase> all() {
        List<SdkCase> cases = new ArrayList<>();
        for (SdkFlavor flavor : SdkFlavor.values()) {
            cases.add(new SdkCase(flavor, false));
            cases.add(new SdkCase(flavor, true));
        }
        return cases;
    }

    /** Those that can stream. */
    static List<SdkCase> streaming() {
        return all().stream().filter(one -> one.flavor().streams()).toList();
    }

    @Override
    public String toString() {
        return flavor + (tls ? " over TLS" : " in cleartext");
    }
}
