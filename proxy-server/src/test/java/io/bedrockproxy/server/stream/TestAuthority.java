package io.bedrockproxy.server.stream;

import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;
import java.io.IOException;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.UnaryOperator;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/** A certificate authority, and servers with certificates of it: good ones, and ones that nobody may believe. */
final class TestAuthority {
    private static final Duration DAY = Duration.ofDays(1);

    private final X509Bundle authority;

    TestAuthority() {
        try {
            authority = valid(new CertificateBuilder())
                    .subject("CN=Test CA")
                    .setIsCertificateAuthority(true)
                    .buildSelfSigned();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    /** For {@code trusted-certificates}. */
    Path writeTo(Path file) throws IOException {
        return Files.writeString(file, authority.getCertificatePEM());
    }

    /** What a server of this authority for {@code localhost} shows, but for {@code change}. */
    SSLContext server(UnaryOperator<CertificateBuilder> change) {
        return context(change, true);
    }

    /** A certificate that only its owner has signed. */
    SSLContext selfSigned() {
        return context(UnaryOperator.identity(), false);
    }

    static CertificateBuilder expired(CertificateBuilder certificate) {
        Instant now = InstantSource.system().instant();
        return certificate.notBefore(now.minus(DAY.multipliedBy(2))).notAfter(now.minus(DAY));
    }

    static CertificateBuilder notYetValid(CertificateBuilder certificate) {
        Instant now = InstantSource.system().instant();
        return certificate.notBefore(now.plus(DAY)).notAfter(now.plus(DAY.multipliedBy(2)));
    }

    /** TLS on an accepted connection; the raw socket stays the caller's. */
    static ScriptedUpstream.Opening tls(SSLContext context) {
        return accepted -> {
            SSLSocket secure = (SSLSocket)
                    context.getSocketFactory().createSocket(accepted, "localhost", accepted.getPort(), false);
            secure.setUseClientMode(false);
            secure.startHandshake();
            return secure;
        };
    }

    /** Sends {@code bytes} instead of a handshake, and waits until the proxy leaves. */
    static ScriptedUpstream.Opening instead(byte[] bytes) {
        return accepted -> {
            accepted.getOutputStream().write(bytes);
            accepted.getInputStream().transferTo(java.io.OutputStream.nullOutputStream());
            return null;
        };
    }

    /** Leaves when the first byte has come. */
    static ScriptedUpstream.Opening leaving(boolean byReset) {
        return accepted -> {
            accepted.getInputStream().read();
            return left(accepted, byReset);
        };
    }

    /** Leaves at once. */
    static ScriptedUpstream.Opening leavingAtOnce(boolean byReset) {
        return accepted -> left(accepted, byReset);
    }

    @org.jspecify.annotations.Nullable
    private static Socket left(Socket accepted, boolean byReset) throws IOException {
        if (byReset) {
            accepted.setSoLinger(true, 0);
        }
        return null;
    }

    private SSLContext context(UnaryOperator<CertificateBuilder> change, boolean issued) {
        try {
            CertificateBuilder plain = valid(new CertificateBuilder())
                    .subject("CN=localhost")
                    .addExtendedKeyUsageServerAuth()
                    .addSanDnsName("localhost");
            CertificateBuilder changed = change.apply(plain);
            X509Bundle shown = issued
                    ? changed.buildIssuedBy(authority)
                    : changed.setIsCertificateAuthority(true).buildSelfSigned();
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(shown.toKeyManagerFactory().getKeyManagers(), null, null);
            return context;
        } catch (Exception e) {
            throw new IllegalStateException("cannot make a certificate", e);
        }
    }

    private static CertificateBuilder valid(CertificateBuilder certificate) {
        Instant now = InstantSource.system().instant();
        return certificate.ecp256().notBefore(now.minus(DAY)).notAfter(now.plus(DAY));
    }
}
