package io.bedrockproxy.server.check;

import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.UnknownHostException;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.util.function.Predicate;
import javax.net.ssl.SSLException;

/** Tells from what the JDK throws which obstacle stands in the way. */
final class Obstacles {
    private Obstacles() {}

    static CallResult.Unreached of(IOException thrown, String host, SeenCertificates seen) {
        if (has(thrown, UnknownHostException.class::isInstance)
                || has(thrown, UnresolvedAddressException.class::isInstance)) {
            return new CallResult.Unreached(Obstacle.UNKNOWN_HOST, "no such host: " + host);
        }
        if (has(thrown, HttpConnectTimeoutException.class::isInstance)) {
            return new CallResult.Unreached(Obstacle.NO_CONNECTION, "nobody takes the connection");
        }
        if (has(thrown, HttpTimeoutException.class::isInstance)) {
            return new CallResult.Unreached(Obstacle.SILENT, "connected, and no answer in time");
        }
        if (has(thrown, NoRouteToHostException.class::isInstance)) {
            return new CallResult.Unreached(Obstacle.REFUSED, "no route to the host");
        }
        if (has(thrown, ConnectException.class::isInstance)) {
            return new CallResult.Unreached(Obstacle.REFUSED, "the connection is refused");
        }
        if (has(thrown, SSLException.class::isInstance)) {
            return tls(thrown, host, seen);
        }
        return new CallResult.Unreached(Obstacle.BROKEN, "connected, and cut off: " + innermost(thrown));
    }

    private static CallResult.Unreached tls(IOException thrown, String host, SeenCertificates seen) {
        if (has(thrown, Obstacles::isAboutDates)) {
            return new CallResult.Unreached(
                    Obstacle.EXPIRED, "its certificate is valid from " + seen.validity() + " only");
        }
        if (has(thrown, Obstacles::isAboutTrust)) {
            return new CallResult.Unreached(
                    Obstacle.UNTRUSTED, "its certificate is not trusted; issuer: " + seen.issuer());
        }
        if (has(thrown, CertificateException.class::isInstance)) {
            return new CallResult.Unreached(
                    Obstacle.WRONG_NAME, "its certificate is not for " + host + " but for: " + seen.names());
        }
        return new CallResult.Unreached(Obstacle.TLS, "no TLS connection: " + innermost(thrown));
    }

    private static boolean isAboutDates(Throwable cause) {
        return cause instanceof CertificateExpiredException || cause instanceof CertificateNotYetValidException;
    }

    private static boolean isAboutTrust(Throwable cause) {
        return cause instanceof CertPathBuilderException || cause instanceof CertPathValidatorException;
    }

    private static boolean has(Throwable thrown, Predicate<Throwable> wanted) {
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            if (wanted.test(cause)) {
                return true;
            }
        }
        return false;
    }

    private static String innermost(Throwable thrown) {
        Throwable cause = thrown;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
    }
}
