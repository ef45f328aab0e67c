package io.bedrockproxy.server.reload;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Collection;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * How files look from outside at one moment. Cheap to take (a few system calls for each file, none of which reads it), and
 * different as soon as one of them may have other contents: Kubernetes and cert-manager swap a link above the file, editors
 * put another file in its place, others write into it.
 *
 * @param byFile the stamp of each file
 */
record FileStamps(Map<Path, Stamp> byFile) {
    /**
     * One file.
     *
     * @param realPath behind all links; null when nothing is there, and then all else is too
     * @param fileKey device and inode, where the file system has such
     * @param modified in as fine a unit as the file system has
     * @param changed when contents, owner or mode changed, where the file system says: the one time nobody can set
     * @param size in bytes
     */
    record Stamp(
            @Nullable Path realPath,
            @Nullable Object fileKey,
            @Nullable Object modified,
            @Nullable Object changed,
            long size) {
        static final Stamp NOTHING = new Stamp(null, null, null, null, -1);
    }

    /** Copies the map. */
    FileStamps {
        byFile = Map.copyOf(byFile);
    }

    /** As they are now. */
    static FileStamps of(Collection<Path> files) {
        return new FileStamps(files.stream().distinct().collect(Collectors.toMap(file -> file, FileStamps::stamp)));
    }

    /** Those of {@code files}, all of which are here. */
    FileStamps only(Collection<Path> files) {
        return new FileStamps(files.stream().distinct().collect(Collectors.toMap(file -> file, byFile::get)));
    }

    private static Stamp stamp(Path file) {
        try {
            Path real = file.toRealPath();
            BasicFileAttributes attributes =
                    Files.readAttributes(real, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
            boolean isUnix = real.getFileSystem().supportedFileAttributeViews().contains("unix");
            Object changed = isUnix ? Files.getAttribute(real, "unix:ctime", LinkOption.NOFOLLOW_LINKS) : null;
            return new Stamp(
                    real,
                    attributes.fileKey(),
                    Objects.requireNonNull(attributes.lastModifiedTime()),
                    changed,
                    attributes.size());
        } catch (IOException | SecurityException e) {
            return Stamp.NOTHING;
        }
    }
}
