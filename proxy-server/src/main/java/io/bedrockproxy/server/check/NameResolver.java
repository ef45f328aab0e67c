package io.bedrockproxy.server.check;

import java.net.InetAddress;
import java.net.UnknownHostException;

/** From a host's name to its addresses. */
@FunctionalInterface
public interface NameResolver {
    /** Blocks for as long as the system's resolver does. */
    InetAddress[] resolve(String host) throws UnknownHostException;

    /** This machine's own. */
    static NameResolver system() {
        return InetAddress::getAllByName;
    }
}
