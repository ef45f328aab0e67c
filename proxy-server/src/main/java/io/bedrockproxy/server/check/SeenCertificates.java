package io.bedrockproxy.server.check;

import java.net.Socket;
import java.security.cert.CertificateException;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/** Judges a server's certificates as another trust manager does, and remembers them: a refusal does not say whose they are. */
final class SeenCertificates extends X509ExtendedTrustManager {
    private final X509ExtendedTrustManager judge;
    private volatile X509Certificate @Nullable [] chain;

    SeenCertificates(TrustManager[] managers) {
        judge = Arrays.stream(managers)
                .filter(X509ExtendedTrustManager.class::isInstance)
                .map(X509ExtendedTrustManager.class::cast)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("the JDK's trust managers are of this type"));
    }

    /** Who vouches for the last certificate that was shown. */
    String issuer() {
        X509Certificate[] shown = chain;
        return shown == null || shown.length == 0
                ? "nobody"
                : shown[shown.length - 1].getIssuerX500Principal().getName();
    }

    /** The names that the server's own certificate is for. */
    String names() {
        X509Certificate[] shown = chain;
        if (shown == null || shown.length == 0) {
            return "none";
        }
        try {
            Collection<List<?>> alternatives = shown[0].getSubjectAlternativeNames();
            return alternatives == null
                    ? shown[0].getSubjectX500Principal().getName()
                    : alternatives.stream()
                            .map(name -> String.valueOf(name.get(1)))
                            .collect(Collectors.joining(", "));
        } catch (CertificateParsingException e) {
            return "names that cannot be read";
        }
    }

    /** When the server's own certificate is valid. */
    String validity() {
        X509Certificate[] shown = chain;
        return shown == null || shown.length == 0
                ? "never"
                : shown[0].getNotBefore().toInstant() + " to "
                        + shown[0].getNotAfter().toInstant();
    }

    @Override
    public void checkServerTrusted(X509Certificate[] shown, String type, SSLEngine engine) throws CertificateException {
        chain = shown.clone();
        judge.checkServerTrusted(shown, type, engine);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] shown, String type, Socket socket) throws CertificateException {
        chain = shown.clone();
        judge.checkServerTrusted(shown, type, socket);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] shown, String type) throws CertificateException {
        chain = shown.clone();
        judge.checkServerTrusted(shown, type);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] shown, String type, SSLEngine engine) throws CertificateException {
        judge.checkClientTrusted(shown, type, engine);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] shown, String type, Socket socket) throws CertificateException {
        judge.checkClientTrusted(shown, type, socket);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] shown, String type) throws CertificateException {
        judge.checkClientTrusted(shown, type);
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return judge.getAcceptedIssuers();
    }
}
