package io.bedrockproxy.server.exchange;

/** The version of this build, as its jar says it. */
public final class ProductVersion {
    private ProductVersion() {}

    /** For people; says so outside of one. */
    public static String get() {
        String version = ProductVersion.class.getPackage().getImplementationVersion();
        return version == null ? "(not from a jar)" : version;
    }
}
