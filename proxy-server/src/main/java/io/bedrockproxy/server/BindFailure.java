package io.bedrockproxy.server;

import java.net.BindException;
import java.net.InetSocketAddress;
import java.nio.file.Path;

/** What keeps a listener from its address, as a mistake in the configuration. */
final class BindFailure {
    private BindFailure() {}

    /** @param section {@code listener} or {@code admin}: where the address stands */
    static StartupException of(String section, InetSocketAddress address, BindException failure) {
        String reason = reason(failure);
        boolean isHost = reason.contains("assign requested address");
        String where = address.getHostString() + ":" + address.getPort();
        return StartupException.at(
                section + (isHost ? ".host" : ".port"),
                where + ": " + reason,
                isHost ? "an address of this machine" : "a port that is free and allowed; 0 takes any free one",
                failure);
    }

    /** About a Unix socket. */
    static StartupException of(Path unixSocket, BindException failure) {
        return StartupException.at(
                "listener.unix-socket",
                unixSocket + ": " + reason(failure),
                "a path on which nobody listens, in a folder that is there and that the proxy may write to",
                failure);
    }

    /** The kernel's words without the system call that epoll's transport puts in front. */
    private static String reason(BindException failure) {
        String message = String.valueOf(failure.getMessage());
        int callEnd = message.indexOf("): ");
        return callEnd < 0 ? message : message.substring(callEnd + 3);
    }
}
