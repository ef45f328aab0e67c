package io.bedrockproxy.core.auth;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Which addresses count as one peer: an IPv4 address is its own, an IPv6 address goes with its /64, which is what one host
 * or one customer gets (RFC 6177), so that a host cannot be as many peers as it likes. Peers without an address, on a
 * Unix socket, are one group.
 */
final class PeerGroup {
    /** As the network 0:2::/64; see {@link #ipv4}. */
    private static final long NO_ADDRESS = 2L << Integer.SIZE;

    private static final int IPV4_MAPPED = 0xffff;
    private static final int IPV4_MAPPED_PREFIX_AT = 8;

    private PeerGroup() {}

    static long of(@Nullable InetAddress peer) {
        if (peer == null) {
            return NO_ADDRESS;
        }
        ByteBuffer bytes = ByteBuffer.wrap(peer.getAddress());
        if (peer instanceof Inet4Address) {
            return ipv4(bytes.getInt());
        }
        long network = bytes.getLong();
        // ::ffff:a.b.c.d: what a socket for both families may call an IPv4 peer.
        return network == 0 && bytes.getInt(IPV4_MAPPED_PREFIX_AT) == IPV4_MAPPED
                ? ipv4(bytes.getInt(IPV4_MAPPED_PREFIX_AT + Integer.BYTES))
                : network;
    }

    /** As the network 0:1:a.b.c.d, which is reserved (RFC 4291 section 4), so no IPv6 peer has it. */
    private static long ipv4(int address) {
        return (1L << Integer.SIZE) | (address & 0xffff_ffffL);
    }
}
