package io.bedrockproxy.server.admin;

import io.netty.channel.Channel;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import java.net.InetSocketAddress;
import java.util.Objects;
import java.util.function.BooleanSupplier;

/**
 * {@code POST /quit} ({@code admin.quit}): lets the main container of a job end the proxy beside it.
 *
 * @param isOn asked at each request, on an event loop: must not block; a reload may change it
 * @param begin begins the drain; run on an event loop, after the answer is written: must not block
 */
public record QuitSwitch(BooleanSupplier isOn, Runnable begin) {
    static final String PATH = "/quit";

    /** Refuses nulls. */
    public QuitSwitch {
        Objects.requireNonNull(isOn, "isOn");
        Objects.requireNonNull(begin, "begin");
    }

    /** Whether there is such a path for this peer: for others it is as unknown as any. */
    boolean isFor(Channel channel) {
        return isOn.getAsBoolean()
                && channel.remoteAddress() instanceof InetSocketAddress peer
                && peer.getAddress() != null
                && peer.getAddress().isLoopbackAddress();
    }

    /**
     * Whether a browser sent it on behalf of some page: browsers are on loopback too, and put Origin into every POST (Fetch
     * standard, section 3.2).
     */
    static boolean isFromAPage(HttpHeaders headers) {
        return headers.contains(HttpHeaderNames.ORIGIN);
    }
}
