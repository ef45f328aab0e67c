package io.bedrockproxy.core.file;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How a file looks from outside at one moment. Cheap to take (a few system calls, none of which reads it), and different as
 * soon as the file may have other contents: Kubernetes and cert-manager swap a link above it, editors put another file in
 * its place, others write into it.
 *
 * @param realPath behind all links; null when nothing is there, and then all else is too
 * @param fileKey device and inode, where the file system has such
 * @param modified in as fine a unit as the file system has
 * @param changed when contents, owner or mode changed, where the file system says: the one time nobody can set
 * @param size in bytes
 */
public record FileStamp(
        @Nullable Path realPath,
        @Nullable Object fileKey,
        @Nullable Object modified,
        @Nullable Object changed,
        long size) {
    /** Of a file that is not there, or cannot be looked at. */
    public static final FileStamp NOTHING = new FileStamp(null, null, null, null, -1);

    /** As it is now; not on an event loop. */
    public static FileStamp of(Path file) {
        try {
            Path real = file.toRealPath();
            BasicFileAttributes attributes =
                    Files.readAttributes(real, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
            boolean isUnix = real.getFileSystem().supportedFileAttributeViews().contains("unix");
            Object changed = isUnix ? Files.getAttribute(real, "unix:ctime", LinkOption.NOFOLLOW_LINKS) : null;
            return new FileStamp(
                    real,
                    attributes.fileKey(),
                    Objects.requireNonNull(attributes.lastModifiedTime()),
                    changed,
                    attributes.size());
        } catch (IOException | SecurityException e) {
            return NOTHING;
        }
    }
}
