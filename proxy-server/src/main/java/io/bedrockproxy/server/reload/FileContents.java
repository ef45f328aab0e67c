package io.bedrockproxy.server.reload;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What files hold at one moment, as digests: to tell a file that was rewritten from one that was only touched. Immutable.
 */
public final class FileContents {
    private static final String UNREADABLE = "unreadable";
    private static final int BUFFER_BYTES = 16 * 1024;

    private final Map<Path, String> digests;

    private FileContents(Map<Path, String> digests) {
        this.digests = Map.copyOf(digests);
    }

    /** Reads all of them: not on an event loop. One that cannot be read is a content too. */
    public static FileContents of(Collection<Path> files) {
        return new FileContents(
                files.stream().distinct().collect(Collectors.toMap(file -> file, FileContents::digest)));
    }

    /** Those of {@code files}. */
    FileContents only(Collection<Path> files) {
        Map<Path, String> some = new HashMap<>(digests);
        some.keySet().retainAll(files);
        return new FileContents(some);
    }

    /** Something that is equal to another one's print of the same files as long as they hold the same. */
    public List<String> print(@Nullable Path... files) {
        return Stream.of(files)
                .map(file -> file == null ? "" : file + " " + digests.getOrDefault(file, UNREADABLE))
                .toList();
    }

    private static String digest(Path file) {
        if (!Files.isRegularFile(file)) {
            return UNREADABLE;
        }
        byte[] buffer = new byte[BUFFER_BYTES];
        try (InputStream in = Files.newInputStream(file)) {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                digest.update(buffer, 0, read);
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (IOException | SecurityException e) {
            return UNREADABLE;
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        } finally {
            // It may have been a secret.
            Arrays.fill(buffer, (byte) 0);
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof FileContents that && digests.equals(that.digests);
    }

    @Override
    public int hashCode() {
        return digests.hashCode();
    }

    /** Not the digests: a short secret could be guessed from one. */
    @Override
    public String toString() {
        return "FileContents" + digests.keySet();
    }
}
