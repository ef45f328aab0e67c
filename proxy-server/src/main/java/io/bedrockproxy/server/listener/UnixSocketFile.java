package io.bedrockproxy.server.listener;

import java.io.IOException;
import java.net.BindException;
import java.net.ConnectException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/**
 * The file of a Unix socket before and after it is bound. A process that was killed leaves its file behind, and then
 * nobody can bind there; so a socket on which nobody listens is taken away, and nothing else ever is. At the end, Netty
 * removes the file with the channel.
 */
final class UnixSocketFile {
    /** {@code S_IFMT} and {@code S_IFSOCK} of stat(2). */
    private static final int TYPE_MASK = 0170000;

    private static final int SOCKET_TYPE = 0140000;

    private UnixSocketFile() {}

    /**
     * Makes way for a socket.
     *
     * @throws BindException when none can be bound there
     */
    static void prepare(Path path) throws BindException {
        Path folder = path.getParent();
        if (folder == null || !Files.isDirectory(folder)) {
            throw new BindException("there is no folder " + folder);
        }
        try {
            int mode = (Integer) Files.getAttribute(path, "unix:mode", LinkOption.NOFOLLOW_LINKS);
            if ((mode & TYPE_MASK) != SOCKET_TYPE) {
                throw new BindException("there is a file that is no socket");
            }
            if (isListenedOn(path)) {
                throw new BindException("already in use, a process listens on it");
            }
            Files.delete(path);
        } catch (NoSuchFileException nothingThere) {
            // As it should be.
        } catch (BindException e) {
            throw e;
        } catch (IOException e) {
            throw (BindException) new BindException("what is there cannot be replaced").initCause(e);
        }
    }

    private static boolean isListenedOn(Path path) throws IOException {
        try (SocketChannel probe = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            probe.connect(UnixDomainSocketAddress.of(path));
            return true;
        } catch (ConnectException refused) {
            return false;
        }
    }

    /** Lets everybody in who comes as far as the folder: whom else it is for, a process's umask cannot know. */
    static void open(Path path) throws IOException {
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rw-rw-rw-"));
    }
}
