package io.bedrockproxy.server.config.hocon;

import com.typesafe.config.ConfigOrigin;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Collects what is wrong and what is doubtful, so that an operator mends a file once and not line by line; and which
 * files it came from.
 */
public final class Problems {
    private static final String VARIABLE = "environment variable ";

    private final String defaultFile;
    private final List<Problem> found = new ArrayList<>();
    private final List<String> warnings = new ArrayList<>();
    private final Set<Path> files = new LinkedHashSet<>();

    /**
     * @param defaultFile named where a key is written nowhere: the configuration file, or {@code environment} when there
     *     is none
     */
    public Problems(String defaultFile) {
        this.defaultFile = defaultFile;
    }

    /** The origin of a value that a variable gave; problems with it name the variable. */
    public static String originOfVariable(String name) {
        return VARIABLE + name;
    }

    /** Notes a problem with a value at {@code key}. */
    public void add(@Nullable ConfigOrigin origin, String key, String wrong, String expected) {
        String description = origin == null ? "" : origin.description();
        if (description.startsWith(VARIABLE)) {
            add(new Problem("environment", description.substring(VARIABLE.length()), wrong, expected));
        } else {
            add(new Problem(place(origin), key, wrong, expected));
        }
    }

    /** Notes a problem that is not with one value of the file. */
    public void add(Problem problem) {
        if (!found.contains(problem)) {
            found.add(problem);
        }
    }

    /** Notes something that works and is probably not meant. */
    public void warn(String key, String message) {
        warnings.add(key + ": " + message);
    }

    /** Notes that what was found depends on a file, whether or not it is there: what to look at for a change. */
    public void dependsOn(Path file) {
        files.add(file);
    }

    /** All problems in the order in which they were found. */
    public List<Problem> found() {
        return List.copyOf(found);
    }

    /** All warnings in the order in which they were found. */
    public List<String> warnings() {
        return List.copyOf(warnings);
    }

    /** All files that were noted. */
    public Set<Path> files() {
        return Set.copyOf(files);
    }

    private String place(@Nullable ConfigOrigin origin) {
        if (origin == null || origin.filename() == null) {
            return defaultFile;
        }
        return origin.lineNumber() < 1 ? origin.filename() : origin.filename() + ": line " + origin.lineNumber();
    }
}
