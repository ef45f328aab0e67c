package io.bedrockproxy.emulator;

import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;

/**
 * A certificate authority of a moment and one certificate of it, for {@code localhost} unless said otherwise, as PEM files.
 *
 * @param caFile what clients are to trust
 * @param certificateFile the certificate, and its chain
 * @param privateKeyFile its key, readable by the owner only
 */
public record LocalCertificates(Path caFile, Path certificateFile, Path privateKeyFile) {
    private static final Duration LIFE = Duration.ofDays(30);

    /** Makes them in {@code directory}, valid from yesterday for a month. */
    public static LocalCertificates create(Path directory) {
        return create(directory, InstantSource.system());
    }

    /** Makes them in {@code directory}, valid from the day before {@code clock} for a month. */
    public static LocalCertificates create(Path directory, InstantSource clock) {
        return create(directory, clock, List.of("localhost"), List.of("127.0.0.1", "::1"));
    }

    /** Makes them for another host: one that a client which verifies names refuses on loopback. */
    public static LocalCertificates createFor(String host, Path directory) {
        return create(directory, InstantSource.system(), List.of(host), List.of());
    }

    private static LocalCertificates create(
            Path directory, InstantSource clock, List<String> hosts, List<String> addresses) {
        try {
            Instant start = clock.instant().minus(Duration.ofDays(1));
            CertificateBuilder common =
                    new CertificateBuilder().ecp256().notBefore(start).notAfter(start.plus(LIFE));
            X509Bundle authority = common.copy()
                    .subject("CN=Emulator CA")
                    .setIsCertificateAuthority(true)
                    .buildSelfSigned();
            CertificateBuilder named =
                    common.copy().subject("CN=" + hosts.get(0)).addExtendedKeyUsageServerAuth();
            hosts.forEach(named::addSanDnsName);
            addresses.forEach(named::addSanIpAddress);
            X509Bundle leaf = named.buildIssuedBy(authority);
            Files.createDirectories(directory);
            LocalCertificates files = new LocalCertificates(
                    directory.resolve("ca.pem"), directory.resolve("certificate.pem"), directory.resolve("key.pem"));
            Files.writeString(files.caFile, authority.getCertificatePEM());
            Files.writeString(files.certificateFile, leaf.getCertificatePathPEM());
            writePrivate(files.privateKeyFile, leaf.getPrivateKeyPEM());
            return files;
        } catch (Exception e) {
            throw new IllegalStateException("Cannot make certificates in " + directory, e);
        }
    }

    private static void writePrivate(Path file, String text) throws IOException {
        Files.deleteIfExists(file);
        if (file.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        }
        Files.writeString(file, text);
    }
}
