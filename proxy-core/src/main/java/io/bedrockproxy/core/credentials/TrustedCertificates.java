package io.bedrockproxy.core.credentials;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.Collection;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;

/** Reads a PEM file of certificates that replaces the JDK's roots. */
public final class TrustedCertificates {
    private TrustedCertificates() {}

    /**
     * The trust managers for the certificates in {@code pem}.
     *
     * @throws IllegalArgumentException with the file and what was expected, for the operator
     */
    public static TrustManager[] read(Path pem) {
        try (InputStream in = Files.newInputStream(pem)) {
            Collection<? extends Certificate> certificates =
                    CertificateFactory.getInstance("X.509").generateCertificates(in);
            if (certificates.isEmpty()) {
                throw new IllegalArgumentException(pem + " holds no certificate (expected: a PEM file)");
            }
            return trusting(certificates);
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalArgumentException(
                    pem + " cannot be read: " + e.getMessage() + " (expected: a PEM file with certificates)", e);
        }
    }

    private static TrustManager[] trusting(Collection<? extends Certificate> certificates)
            throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
        store.load(null, null);
        int count = 0;
        for (Certificate certificate : certificates) {
            store.setCertificateEntry("trusted-" + count++, certificate);
        }
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(store);
        return factory.getTrustManagers();
    }
}
