package io.bedrockproxy.server.config.load;

import io.bedrockproxy.server.config.SourceRef;
import io.bedrockproxy.server.config.SourceSettings;
import io.bedrockproxy.server.config.hocon.NearestKey;
import io.bedrockproxy.server.config.hocon.Section;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Reads {@code sources}, and the words that name one. */
final class SourceReader {
    private static final String DEFAULT = "default";
    private static final String ROLE = "role:";

    private SourceReader() {}

    static Map<String, SourceSettings> sources(Section root) {
        Map<String, SourceSettings> sources = new LinkedHashMap<>();
        root.named("sources").forEach((name, section) -> {
            if (name.equals(DEFAULT)) {
                section.problem("the name \"default\" is reserved", "another name: default is the AWS chain");
            }
            sources.put(name, source(section));
        });
        return sources;
    }

    private static SourceSettings source(Section section) {
        String accessKeyId = nonEmpty(section, "access-key-id");
        String secretAccessKey = nonEmpty(section, "secret-access-key");
        String sessionToken = nonEmpty(section, "session-token");
        String profile = nonEmpty(section, "profile");
        boolean hasFile = nonEmpty(section, "file") != null;
        boolean hasKeys = accessKeyId != null || secretAccessKey != null || sessionToken != null;
        if ((hasKeys ? 1 : 0) + (hasFile ? 1 : 0) + (profile != null ? 1 : 0) != 1) {
            section.problem(
                    hasKeys || hasFile ? "more than one kind of source" : "no kind of source",
                    "access-key-id with secret-access-key, or file, or profile");
        }
        if (hasFile) {
            Path file = Readers.file(section, "file");
            if (file != null) {
                Readers.warnOfOtherReaders(section, "file", file);
            }
            return new SourceSettings.KeysFile(file == null ? Path.of("") : file);
        }
        if (profile != null) {
            return new SourceSettings.Profile(profile);
        }
        return keys(section, accessKeyId, secretAccessKey, sessionToken);
    }

    private static SourceSettings keys(
            Section section,
            @Nullable String accessKeyId,
            @Nullable String secretAccessKey,
            @Nullable String sessionToken) {
        if (accessKeyId == null || !accessKeyId.matches("\\w{1,128}")) {
            section.problem("access-key-id", "no access key id", "1 to 128 letters and digits");
        }
        if (secretAccessKey == null) {
            section.problem("secret-access-key", "not set", "the secret that belongs to access-key-id");
        }
        return new SourceSettings.Keys(
                Objects.requireNonNullElse(accessKeyId, ""),
                Objects.requireNonNullElse(secretAccessKey, ""),
                sessionToken);
    }

    /** {@code ""} is as good as null, so that {@code session-token = ${?X}} may come from an empty variable. */
    private static @Nullable String nonEmpty(Section section, String key) {
        String text = section.optionalText(key);
        return text == null || text.isEmpty() ? null : text;
    }

    /**
     * What credentials are taken from.
     *
     * @param sources names that exist
     * @param roles names that exist and may be chained; null where only sources may stand
     */
    static SourceRef reference(Section section, Set<String> sources, @Nullable Set<String> roles) {
        String word = section.text("source");
        if (word.equals(DEFAULT)) {
            return new SourceRef.DefaultChain();
        }
        if (sources.contains(word)) {
            return new SourceRef.Source(word);
        }
        if (roles != null && word.startsWith(ROLE) && roles.contains(word.substring(ROLE.length()))) {
            return new SourceRef.Role(word.substring(ROLE.length()));
        }
        List<String> possible = new ArrayList<>(List.of(DEFAULT));
        possible.addAll(new TreeSet<>(sources));
        if (roles != null) {
            roles.stream().sorted().map(ROLE::concat).forEach(possible::add);
        }
        section.problem("source", "nobody defines \"" + word + "\"", oneOf(word, possible));
        return new SourceRef.DefaultChain();
    }

    /** The names that can be chosen: all of a few, else the nearest. */
    static String oneOf(String written, List<String> possible) {
        return possible.size() <= 5
                ? String.join(" or ", possible)
                : NearestKey.to(written, possible) + ", or another that is defined";
    }
}
