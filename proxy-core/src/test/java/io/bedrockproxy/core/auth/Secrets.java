package io.bedrockproxy.core.auth;

/** Secrets for tests of other packages. */
public final class Secrets {
    private Secrets() {}

    /** As if a request had presented it. */
    public static PresentedSecret presented(String text) {
        return new PresentedSecret(text);
    }
}
