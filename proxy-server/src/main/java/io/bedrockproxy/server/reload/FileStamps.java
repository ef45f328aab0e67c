package io.bedrockproxy.server.reload;

import io.bedrockproxy.core.file.FileStamp;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * How files look from outside at one moment.
 *
 * @param byFile the stamp of each file
 */
record FileStamps(Map<Path, FileStamp> byFile) {
    /** Copies the map. */
    FileStamps {
        byFile = Map.copyOf(byFile);
    }

    /** As they are now. */
    static FileStamps of(Collection<Path> files) {
        return new FileStamps(files.stream().distinct().collect(Collectors.toMap(file -> file, FileStamp::of)));
    }

    /** Those of {@code files}, all of which are here. */
    FileStamps only(Collection<Path> files) {
        return new FileStamps(files.stream().distinct().collect(Collectors.toMap(file -> file, byFile::get)));
    }
}
