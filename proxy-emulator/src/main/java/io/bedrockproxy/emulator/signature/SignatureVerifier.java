package io.bedrockproxy.emulator.signature;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.bedrockproxy.emulator.http.HttpField;
import io.bedrockproxy.emulator.http.ReceivedRequest;
import io.bedrockproxy.emulator.http.RequestHead;
import io.bedrockproxy.emulator.signature.Verdict.Refused;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Decides whether a request is signed as AWS wants it, in AWS's order and words. Thread-safe. */
public final class SignatureVerifier {
    private static final DateTimeFormatter AMZ_DATE =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);
    private static final Pattern REGION = Pattern.compile("[a-z]{2,5}(-[a-z]+)+-[0-9]+");

    private final KeyRing keys;
    private final String service;
    private final Set<String> regions;
    private final Duration window;
    private final SdkSigner sdk = new SdkSigner();

    /**
     * @param keys the keys that are known
     * @param service the signing name that scopes must have
     * @param regions the regions that scopes may have; empty: any that looks like one
     * @param window how far a signature's date may be from the clock
     */
    public SignatureVerifier(KeyRing keys, String service, Set<String> regions, Duration window) {
        this.keys = keys;
        this.service = service;
        this.regions = Set.copyOf(regions);
        this.window = window;
    }

    /** Checks {@code request} at {@code now}. */
    public Verdict verify(ReceivedRequest request, Instant now) {
        RequestHead head = request.head();
        String authorization = head.header("authorization");
        if (authorization == null) {
            return new Refused(SignatureFault.MISSING, "Missing Authentication Token");
        }
        if (authorization.regionMatches(true, 0, "Bearer ", 0, 7)) {
            return new Refused(SignatureFault.BEARER, "Invalid API Key format: Must start with pre-defined prefix");
        }
        AuthorizationHeader header = AuthorizationHeader.parse(authorization);
        if (header == null) {
            return new Refused(SignatureFault.INCOMPLETE, AuthorizationHeader.complaint(authorization));
        }
        String amzDate = head.header("x-amz-date");
        Instant signedAt = amzDate == null ? null : parse(amzDate);
        if (amzDate == null || signedAt == null) {
            return new Refused(
                    SignatureFault.INCOMPLETE,
                    "Authorization header requires existence of either a 'X-Amz-Date' or a 'Date' header.");
        }
        Refused refused = scope(header, amzDate);
        refused = refused != null ? refused : unsignedHeader(head, header);
        refused = refused != null ? refused : clock(amzDate, signedAt, now);
        return refused != null ? refused : key(request, header, amzDate, signedAt, now);
    }

    private @Nullable Refused scope(AuthorizationHeader header, String amzDate) {
        String complaint = null;
        if (!header.date().equals(amzDate.substring(0, 8))) {
            complaint = "Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from HTTP: '"
                    + header.date() + "' != '" + amzDate.substring(0, 8) + "', from '" + amzDate + "'.";
        } else if (regions.isEmpty()
                ? !REGION.matcher(header.region()).matches()
                : !regions.contains(header.region())) {
            complaint = "Credential should be scoped to a valid region. ";
        } else if (!header.service().equals(service)) {
            complaint = "Credential should be scoped to correct service: '" + service + "'. ";
        } else if (!header.terminator().equals("aws4_request")) {
            complaint = "Credential should be scoped with a valid terminator: 'aws4_request', not '"
                    + header.terminator() + "'.";
        }
        return complaint == null ? null : new Refused(SignatureFault.SCOPE, complaint);
    }

    /** The host, and every x-amz header: one that is not signed could have been added on the way. */
    private static @Nullable Refused unsignedHeader(RequestHead head, AuthorizationHeader header) {
        if (!header.signedHeaders().contains("host") && !header.signedHeaders().contains(":authority")) {
            return new Refused(
                    SignatureFault.UNSIGNED_HEADER,
                    "'Host' or ':authority' must be a 'SignedHeader' in the AWS Authorization.");
        }
        for (HttpField field : head.headers()) {
            String name = field.name().toLowerCase(Locale.ROOT);
            if (name.startsWith("x-amz-") && !header.signedHeaders().contains(name)) {
                return new Refused(
                        SignatureFault.UNSIGNED_HEADER,
                        "There were headers present in the request which were not signed: " + name);
            }
        }
        return null;
    }

    private @Nullable Refused clock(String amzDate, Instant signedAt, Instant now) {
        String minutes = AMZ_DATE.format(now);
        if (signedAt.isBefore(now.minus(window))) {
            return new Refused(
                    SignatureFault.CLOCK,
                    "Signature expired: " + amzDate + " is now earlier than " + AMZ_DATE.format(now.minus(window))
                            + " (" + minutes + " - " + window.toMinutes() + " min.)");
        }
        if (signedAt.isAfter(now.plus(window))) {
            return new Refused(
                    SignatureFault.CLOCK,
                    "Signature not yet current: " + amzDate + " is still later than "
                            + AMZ_DATE.format(now.plus(window)) + " (" + minutes + " + " + window.toMinutes()
                            + " min.)");
        }
        return null;
    }

    private Verdict key(
            ReceivedRequest request, AuthorizationHeader header, String amzDate, Instant signedAt, Instant now) {
        AccessKey key = keys.find(header.accessKeyId());
        String token = request.head().header("x-amz-security-token");
        if (key == null || !String.valueOf(key.sessionToken()).equals(String.valueOf(token))) {
            return new Refused(SignatureFault.UNKNOWN_KEY, "The security token included in the request is invalid.");
        }
        if (key.isExpiredAt(now)) {
            return new Refused(SignatureFault.EXPIRED_KEY, "The security token included in the request is expired");
        }
        String canonical = CanonicalText.of(request.head(), header.signedHeaders(), request.bodySha256());
        String stringToSign = Hmac.stringToSign(amzDate, header.scope(), canonical);
        if (contentHash(request) && signature(request, header, key, signedAt, stringToSign)) {
            return new Verdict.Verified(key, header.region());
        }
        return new Refused(
                SignatureFault.MISMATCH,
                "The request signature we calculated does not match the signature you provided. Check your AWS Secret"
                        + " Access Key and signing method. Consult the service documentation for details.\n\n"
                        + "The Canonical String for this request should have been\n'" + canonical + "'\n\n"
                        + "The String-to-Sign should have been\n'" + stringToSign + "'\n");
    }

    private boolean signature(
            ReceivedRequest request, AuthorizationHeader header, AccessKey key, Instant signedAt, String stringToSign) {
        AuthorizationHeader expected = sdk.sign(request, header, key, signedAt);
        String signature =
                expected == null ? Hmac.signature(key.secretAccessKey(), header, stringToSign) : expected.signature();
        return MessageDigest.isEqual(
                signature.getBytes(US_ASCII), header.signature().getBytes(US_ASCII));
    }

    /** Bedrock hashes the body itself; a client that says otherwise, or that it is not signed, is refused. */
    private static boolean contentHash(ReceivedRequest request) {
        String hash = request.head().header("x-amz-content-sha256");
        return hash == null || hash.equals(request.bodySha256());
    }

    private static @Nullable Instant parse(String amzDate) {
        try {
            return LocalDateTime.parse(amzDate, AMZ_DATE).toInstant(ZoneOffset.UTC);
        } catch (DateTimeParseException e) {
            return null;
        }
    }
}
