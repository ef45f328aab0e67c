package io.bedrockproxy.core.sigv4;

import io.bedrockproxy.core.http.Header;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;

/** What a request is changed in after it was signed; each change is one that the signature must not survive. */
enum WireMutation {
    METHOD(wire -> wire.withMethod(wire.method().equals("PUT") ? "POST" : "PUT")),
    PATH(wire -> wire.withTarget(wire.target().replaceFirst("^([^?]*)", "$1x"))),
    QUERY(wire -> wire.withTarget(wire.target() + (wire.target().contains("?") ? "&" : "?") + "zz=1")),
    BODY(wire -> wire.withBody(Arrays.copyOf(wire.body(), wire.body().length + 1))),
    HOST(wire -> with(wire, "host", value -> value + "x")),
    DATE(wire -> with(wire, "x-amz-date", value -> flip(value, 13, '1', '2'))),
    TOLD_HASH(wire -> with(wire, Wire.HASH, value -> flip(value, 0, '0', '1'))),
    SIGNATURE(wire -> with(wire, "authorization", value -> flip(value, value.length() - 1, '0', '1'))),
    KEY_ID(wire -> authorization(wire, "Credential=", "Credential=X")),
    REGION(wire -> authorization(wire, "/([a-z-]+-[0-9])/", "/$1x/")),
    SERVICE(wire -> authorization(wire, "/aws4_request", "x/aws4_request")),
    NAME_ADDED(wire -> authorization(wire, ", Signature", ";zz, Signature")),
    HOST_NOT_SIGNED(wire -> authorization(wire, "host;", "")),
    HEADER_DROPPED(wire -> {
        List<Header> fewer = new ArrayList<>(wire.headers());
        fewer.removeIf(header -> header.name().equalsIgnoreCase(Wire.HASH));
        return wire.withHeaders(fewer);
    }),
    HEADER_DOUBLED(wire -> {
        List<Header> more = new ArrayList<>(wire.headers());
        wire.headers().stream()
                .filter(header -> header.name().equalsIgnoreCase("x-amz-date"))
                .forEach(more::add);
        return wire.withHeaders(more);
    });

    @SuppressWarnings("ImmutableEnumChecker") // functions of their argument
    private final UnaryOperator<Wire> change;

    WireMutation(UnaryOperator<Wire> change) {
        this.change = change;
    }

    Wire apply(Wire wire) {
        return change.apply(wire);
    }

    private static Wire authorization(Wire wire, String regex, String by) {
        return with(wire, "authorization", value -> value.replaceFirst(regex, by));
    }

    private static String flip(String value, int index, char one, char other) {
        char there = value.charAt(index);
        return value.substring(0, index) + (there == one ? other : one) + value.substring(index + 1);
    }

    private static Wire with(Wire wire, String name, UnaryOperator<String> change) {
        return wire.withHeaders(wire.headers().stream()
                .map(header -> header.name().equalsIgnoreCase(name)
                        ? new Header(header.name(), change.apply(header.value()))
                        : header)
                .toList());
    }
}
