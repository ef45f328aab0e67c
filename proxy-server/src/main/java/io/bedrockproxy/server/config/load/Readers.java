package io.bedrockproxy.server.config.load;

import io.bedrockproxy.core.endpoint.EndpointOverride;
import io.bedrockproxy.core.endpoint.Regions;
import io.bedrockproxy.server.config.hocon.Section;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Values that several sections have: regions, endpoints, files, header names. */
final class Readers {
    private static final Pattern TOKEN = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]+");
    private static final String REGION = "a region such as us-east-1";
    private static final long MAX_FILE = 1 << 20;

    private Readers() {}

    /** A region, or null when none is set or it can be none. */
    static @Nullable String region(Section section, String key) {
        String region = section.optionalText(key);
        return region == null || !isRegion(section, key, region) ? null : region;
    }

    /** Regions in their order, without those that can be none. */
    static List<String> regions(Section section, String key) {
        List<String> regions = new ArrayList<>();
        for (String region : section.texts(key)) {
            if (isRegion(section, key, region)) {
                regions.add(region);
            }
        }
        return regions;
    }

    private static boolean isRegion(Section section, String key, String region) {
        switch (Regions.standing(region)) {
            case IMPOSSIBLE -> section.problem(key, "\"" + region + "\" is formed like no region", REGION);
            case UNKNOWN -> section.warn(key, "\"" + region + "\" is no region that this version knows");
            case KNOWN -> {
                return true;
            }
        }
        return Regions.standing(region) != Regions.Standing.IMPOSSIBLE;
    }

    /** An endpoint, or null when none is set or it is none. */
    static @Nullable URI endpoint(Section section, String key) {
        String endpoint = section.optionalText(key);
        if (endpoint == null) {
            return null;
        }
        try {
            return EndpointOverride.parse(endpoint);
        } catch (IllegalArgumentException e) {
            // Not repeated: what stands before an @ may be a password.
            String shown = endpoint.contains("@") ? "an endpoint with user information" : "\"" + endpoint + "\"";
            section.problem(
                    key, shown, "https://host[:port] and no more; http:// only with localhost, 127.x.x.x or [::1]");
            return null;
        }
    }

    /** Header names in lower case, without those that are none. */
    static List<String> headerNames(Section section, String key) {
        List<String> names = new ArrayList<>();
        for (String name : section.texts(key)) {
            String lower = name.toLowerCase(Locale.ROOT);
            if (!TOKEN.matcher(name).matches()) {
                section.problem(key, "\"" + name + "\"", "names of headers");
            } else if (!names.contains(lower)) {
                names.add(lower);
            }
        }
        return names;
    }

    /** A file that can be read, or null when none is set or it cannot. */
    static @Nullable Path file(Section section, String key) {
        String name = section.optionalText(key);
        return name == null || content(section, key, name) == null ? null : Path.of(name);
    }

    /** A PEM file of certificates, or null when none is set or it cannot be used. */
    static @Nullable Path certificates(Section section, String key) {
        return Pem.certificates(section, key).isEmpty() ? null : Path.of(section.text(key));
    }

    /** The bytes of a file, or null after a problem. */
    static byte @Nullable [] content(Section section, String key, String name) {
        String expected = "a file that can be read";
        try {
            Path path = Path.of(name);
            section.dependsOn(path);
            if (!Files.isRegularFile(path) || !Files.isReadable(path)) {
                section.problem(key, name + ": " + ConfigFiles.wrongWith(path), expected);
                return null;
            }
            if (Files.size(path) > MAX_FILE) {
                section.problem(key, name + " has more than 1 MiB", expected + " and is not longer");
                return null;
            }
            return Files.readAllBytes(path);
        } catch (InvalidPathException | IOException e) {
            section.problem(key, name + " cannot be read", expected);
            return null;
        }
    }

    /** Warns of a secret file that every user of the machine can read; Kubernetes mounts are such, so no error. */
    static void warnOfOtherReaders(Section section, String key, Path file) {
        try {
            if (Files.getPosixFilePermissions(file).contains(PosixFilePermission.OTHERS_READ)) {
                section.warn(key, file + " can be read by every user of this machine (expected: mode 0400 or 0440)");
            }
        } catch (IOException | UnsupportedOperationException e) {
            section.warn(key, "nobody can tell who else can read " + file);
        }
    }
}
