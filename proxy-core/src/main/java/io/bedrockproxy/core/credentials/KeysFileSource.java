package io.bedrockproxy.core.credentials;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A file of keys that somebody else renews. Read at each fetch, so that what is used is never older than the last one; the
 * registry has a fetch made as soon as the file changes.
 */
final class KeysFileSource implements CredentialsSource {
    private static final int MAX_BYTES = 64 * 1024;

    private final Path path;

    KeysFileSource(Path path) {
        this.path = path;
    }

    @Override
    public Path file() {
        return path;
    }

    @Override
    public SourceAnswer fetch(int alternative) {
        byte[] content;
        try (InputStream in = Files.newInputStream(path)) {
            content = in.readNBytes(MAX_BYTES + 1);
        } catch (IOException e) {
            return refused("cannot be read (expected: a file that the proxy's user may read)");
        }
        if (content.length > MAX_BYTES) {
            return refused("has more than 64 KiB (expected: " + KeysFile.EXPECTED + ")");
        }
        KeysFile.Parsed parsed = KeysFile.parse(new String(content, StandardCharsets.UTF_8));
        return parsed instanceof KeysFile.Keys keys
                ? new SourceAnswer.Fetched(keys.credentials())
                : refused(((KeysFile.Wrong) parsed).what() + " (expected: " + KeysFile.EXPECTED + ")");
    }

    /** Whoever renews the file may be writing it, so that the next look may find it whole. */
    private SourceAnswer refused(String what) {
        return new SourceAnswer.Refused(SourceError.unavailable(
                "keys-file", "the proxy's file of keys gave no credentials; see the proxy's log", path + " " + what));
    }
}
