package io.bedrockproxy.server.config.load;

import io.bedrockproxy.server.config.hocon.Section;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Certificates and private keys, read in earnest: a file that no handshake could use is said to be so at start, with its
 * key. (BoringSSL, for one, takes a private key that belongs to another certificate, and then fails every handshake.)
 */
final class Pem {
    /** The only form that Netty reads without Bouncy Castle. */
    private static final Pattern PKCS8 =
            Pattern.compile("-----BEGIN PRIVATE KEY-----([A-Za-z0-9+/=\\s]+)-----END PRIVATE KEY-----");

    private static final Pattern ANY_KEY = Pattern.compile("-----BEGIN ([A-Z ]*PRIVATE KEY)-----");
    private static final String KEY_EXPECTED =
            "an RSA or EC key in PKCS #8 without a password, as `openssl pkcs8 -topk8 -nodes` writes it";
    private static final Map<String, String> SIGNATURES = Map.of("RSA", "SHA256withRSA", "EC", "SHA256withECDSA");

    private Pem() {}

    /** The leaf of a file that holds one chain and nothing else, or null when none is set or the file cannot be used. */
    static @Nullable Certificate chain(Section section, String key) {
        List<Certificate> found = certificates(section, key);
        for (int i = 1; i < found.size(); i++) {
            if (found.get(i - 1) instanceof X509Certificate issued
                    && found.get(i) instanceof X509Certificate issuer
                    && !issued.getIssuerX500Principal().equals(issuer.getSubjectX500Principal())) {
                section.problem(
                        key,
                        section.text(key) + " holds " + found.size() + " certificates that are no chain: number "
                                + (i + 1) + " (" + issuer.getSubjectX500Principal() + ") has not issued number " + i
                                + " (" + issued.getSubjectX500Principal() + ")",
                        "one chain: the leaf first, then whoever issued it, and so on");
                return null;
            }
        }
        return found.isEmpty() ? null : found.get(0);
    }

    /** The certificates of a file, at least one; none when none is set or the file cannot be used. */
    static List<Certificate> certificates(Section section, String key) {
        String name = section.optionalText(key);
        byte[] content = name == null ? null : Readers.content(section, key, name);
        if (name == null || content == null) {
            return List.of();
        }
        try {
            List<Certificate> found = List.copyOf(
                    CertificateFactory.getInstance("X.509").generateCertificates(new ByteArrayInputStream(content)));
            if (!found.isEmpty()) {
                return found;
            }
        } catch (CertificateException e) {
            // Said below, without the parser's words, which name bytes and classes.
        }
        section.problem(key, name + " holds no certificate that can be read", "a PEM file of X.509 certificates");
        return List.of();
    }

    /** The private key of a file, or null when none is set or the file cannot be used. */
    static @Nullable PrivateKey privateKey(Section section, String key) {
        String name = section.optionalText(key);
        byte[] content = name == null ? null : Readers.content(section, key, name);
        if (name == null || content == null) {
            return null;
        }
        String text = new String(content, StandardCharsets.ISO_8859_1);
        long keys = ANY_KEY.matcher(text).results().count();
        if (keys > 1) {
            section.problem(key, name + " holds " + keys + " private keys", "one, that of the certificate");
            return null;
        }
        Matcher block = PKCS8.matcher(text);
        PrivateKey read = block.find() ? decoded(block.group(1)) : null;
        if (read == null) {
            Matcher other = ANY_KEY.matcher(text);
            boolean isOther = other.find() && !other.group(1).equals("PRIVATE KEY");
            String wrong = isOther ? " holds an " + other.group(1) : " holds no private key that can be read";
            section.problem(key, name + wrong, KEY_EXPECTED);
        }
        return read;
    }

    private static @Nullable PrivateKey decoded(String base64) {
        byte[] encoded;
        try {
            encoded = Base64.getMimeDecoder().decode(base64);
        } catch (IllegalArgumentException e) {
            return null;
        }
        for (String algorithm : SIGNATURES.keySet()) {
            try {
                return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(encoded));
            } catch (GeneralSecurityException e) {
                // Perhaps the other one.
            }
        }
        return null;
    }

    /** Whether what the key signs is what the certificate vouches for. */
    static boolean belongTogether(Certificate certificate, PrivateKey key) {
        try {
            byte[] sample = certificate.getEncoded();
            Signature signature = Signature.getInstance(SIGNATURES.get(key.getAlgorithm()));
            signature.initSign(key);
            signature.update(sample);
            byte[] signed = signature.sign();
            signature.initVerify(certificate.getPublicKey());
            signature.update(sample);
            return signature.verify(signed);
        } catch (GeneralSecurityException e) {
            return false;
        }
    }
}
