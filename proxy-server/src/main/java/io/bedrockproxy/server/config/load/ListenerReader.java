package io.bedrockproxy.server.config.load;

import io.bedrockproxy.server.config.AdminConfig;
import io.bedrockproxy.server.config.ListenerConfig;
import io.bedrockproxy.server.config.ListenerConfig.TlsFiles;
import io.bedrockproxy.server.config.hocon.Section;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads {@code listener} and {@code admin}. */
final class ListenerReader {
    private static final Pattern PREFIX = Pattern.compile("(/[A-Za-z0-9._~-]*[A-Za-z0-9_~-])+");
    /** First segments of the surface table: a prefix of this name would hide the surface. */
    private static final Set<String> SURFACES =
            Set.of("/model", "/guardrail", "/guardrail-checks", "/async-invoke", "/openai", "/anthropic", "/mantle");
    /** Headers with a meaning of their own; a secret in one of them would be lost or sent on. */
    private static final Set<String> NO_SECRET_HEADERS =
            Set.of("authorization", "host", "content-type", "content-length", "accept", "connection", "cookie");

    private ListenerReader() {}

    static ListenerConfig listener(Section section) {
        String host = host(section);
        int port = section.number("port", 0, 65_535);
        Path unixSocket = unixSocket(section);
        boolean allowRemotePlaintext = section.flag("allow-remote-plaintext");
        Section tls = section.section("tls");
        TlsFiles files = tls(tls);
        if (files == null && !isTlsAskedFor(tls) && unixSocket == null && !allowRemotePlaintext && isRemote(host)) {
            section.problem(
                    "host",
                    "\"" + host + "\" without TLS: secrets would cross the network in the clear",
                    "a loopback address, tls.certificate and tls.private-key, or allow-remote-plaintext = true");
        }
        return new ListenerConfig(
                host, port, unixSocket, prefixes(section), secretHeaders(section), allowRemotePlaintext, files);
    }

    static AdminConfig admin(Section section) {
        return new AdminConfig(host(section), section.number("port", 0, 65_535), section.flag("quit"));
    }

    /** Two listeners on one address: better said here than by the kernel. */
    static void checkPorts(Section section, AdminConfig admin, ListenerConfig listener) {
        boolean samePort = admin.port() != 0 && admin.port() == listener.port() && listener.unixSocket() == null;
        if (samePort && admin.host().equals(listener.host())) {
            section.problem("port", admin.port() + " is the listener's too", "another port, or 0 for any free one");
        }
    }

    private static String host(Section section) {
        String host = section.text("host");
        if (host.isBlank() || address(host) == null) {
            section.problem("host", "\"" + host + "\" is no address of a machine", "an address such as 127.0.0.1");
        }
        return host;
    }

    /** A name that nobody knows is reported on its own; it counts as remote here only when it is known to be. */
    private static boolean isRemote(String host) {
        InetAddress address = host.isBlank() ? null : address(host);
        return address != null && !address.isLoopbackAddress();
    }

    private static @Nullable InetAddress address(String host) {
        try {
            return InetAddress.getByName(host);
        } catch (UnknownHostException e) {
            return null;
        }
    }

    private static @Nullable Path unixSocket(Section section) {
        String name = section.optionalText("unix-socket");
        if (name == null) {
            return null;
        }
        try {
            Path path = Path.of(name);
            // sun_path of sockaddr_un has 108 bytes on Linux and 104 on macOS, the closing zero included.
            if (path.isAbsolute() && name.getBytes(StandardCharsets.UTF_8).length < 104) {
                return path;
            }
        } catch (InvalidPathException e) {
            // Said below.
        }
        section.problem("unix-socket", "\"" + name + "\"", "an absolute path of at most 103 bytes");
        return null;
    }

    private static List<String> prefixes(Section section) {
        List<String> prefixes = new ArrayList<>();
        for (String prefix : section.texts("path-prefixes")) {
            if (!PREFIX.matcher(prefix).matches()) {
                section.problem("path-prefixes", "\"" + prefix + "\"", "paths such as /bedrock, without / at the end");
            } else if (SURFACES.contains(firstSegment(prefix))) {
                section.problem("path-prefixes", "\"" + prefix + "\" is a path of Bedrock's", "a path of your own");
            } else if (!prefixes.contains(prefix)) {
                prefixes.add(prefix);
            }
        }
        return prefixes;
    }

    private static String firstSegment(String prefix) {
        int end = prefix.indexOf('/', 1);
        return end < 0 ? prefix : prefix.substring(0, end);
    }

    private static List<String> secretHeaders(Section section) {
        List<String> names = Readers.headerNames(section, "secret-headers");
        for (String name : names) {
            if (NO_SECRET_HEADERS.contains(name) || name.startsWith("x-amz")) {
                section.problem("secret-headers", "\"" + name + "\"", "headers that mean nothing else");
            }
        }
        return names;
    }

    private static boolean isTlsAskedFor(Section section) {
        return section.isSet("certificate") || section.isSet("private-key");
    }

    private static @Nullable TlsFiles tls(Section section) {
        Certificate certificate = Pem.chain(section, "certificate");
        PrivateKey privateKey = Pem.privateKey(section, "private-key");
        Path clientCa = Readers.certificates(section, "client-ca");
        if (privateKey != null) {
            Readers.warnOfOtherReaders(section, "private-key", Path.of(section.text("private-key")));
        }
        if (!section.isSet("certificate") && (section.isSet("private-key") || section.isSet("client-ca"))) {
            section.problem("certificate", "not set", "the PEM file of the certificate, as tls is configured");
        }
        if (!section.isSet("private-key") && section.isSet("certificate")) {
            section.problem("private-key", "not set", "the PEM file of the certificate's private key");
        }
        if (certificate == null || privateKey == null) {
            return null;
        }
        if (!Pem.belongTogether(certificate, privateKey)) {
            section.problem(
                    "private-key",
                    section.text("private-key") + " belongs to another certificate",
                    "the key of the first certificate in " + section.text("certificate"));
        }
        return new TlsFiles(Path.of(section.text("certificate")), Path.of(section.text("private-key")), clientCa);
    }
}
