package io.bedrockproxy.server.config.load;

import com.typesafe.config.ConfigIncludeContext;
import com.typesafe.config.ConfigIncluder;
import com.typesafe.config.ConfigIncluderFile;
import com.typesafe.config.ConfigObject;
import java.io.File;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Notes which files a configuration file consists of while the library reads them: itself, and what {@code include}
 * names, also where nothing is there yet. Changes nothing of what is read.
 */
final class IncludedFiles implements ConfigIncluder, ConfigIncluderFile {
    /** What the library tries behind a name without an ending. */
    private static final List<String> ENDINGS = List.of("", ".conf", ".json", ".properties");

    private final @Nullable Path top;
    private final Set<Path> found = new LinkedHashSet<>();
    private @Nullable ConfigIncluder fallback;

    /** For one reading of {@code top}; null: there is no file. */
    IncludedFiles(@Nullable Path top) {
        this.top = top;
        if (top != null) {
            found.add(top);
        }
    }

    Set<Path> found() {
        return Set.copyOf(found);
    }

    @Override
    public ConfigIncluder withFallback(ConfigIncluder next) {
        fallback = next;
        return this;
    }

    @Override
    public ConfigObject include(ConfigIncludeContext context, String what) {
        for (String ending : ENDINGS) {
            note(context, what + ending);
        }
        return library().include(context, what);
    }

    @Override
    public ConfigObject includeFile(ConfigIncludeContext context, File what) {
        found.add(what.toPath());
        return ((ConfigIncluderFile) library()).includeFile(context, what);
    }

    /** Relative to the file that includes; the library knows which that is only while the named one exists. */
    private void note(ConfigIncludeContext context, String name) {
        var relative = context.relativeTo(name);
        String existing = relative == null ? null : relative.origin().filename();
        try {
            if (existing != null) {
                found.add(Path.of(existing));
            } else if (top != null) {
                found.add(top.resolveSibling(name));
            }
        } catch (InvalidPathException e) {
            // A URL, for example: nothing that could be looked at.
        }
    }

    private ConfigIncluder library() {
        if (fallback == null) {
            throw new IllegalStateException("the library always has an includer of its own");
        }
        return fallback;
    }
}
