package io.bedrockproxy.core.auth;

import io.bedrockproxy.core.http.Header;
import io.bedrockproxy.core.http.HeaderView;
import io.bedrockproxy.core.http.RequestTarget;
import io.bedrockproxy.core.sigv4.PayloadHash;
import io.bedrockproxy.core.sigv4.SignedRequest;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.ResolverStyle;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The head of a signed request: everything about it that can be judged without a key and without the body.
 *
 * @param accessKeyId who claims to have signed
 * @param request what was signed
 * @param payloadHash the hash of the body as the client tells it; null when it does not
 */
record SignedHead(
        String accessKeyId, SignedRequest request, @Nullable PayloadHash payloadHash) {
    /** AWS's for Bedrock: signatures may be so far from the clock, both ways. */
    static final Duration WINDOW = Duration.ofMinutes(5);

    private static final DateTimeFormatter AMZ_DATE =
            DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'", Locale.ROOT).withResolverStyle(ResolverStyle.STRICT);

    private static final Pattern DIGEST = Pattern.compile("[0-9a-f]{64}");
    private static final String HOST = "host";

    /** What an HTTP/2 client calls the host, and so signs, whatever a proxy in front of us makes of it. */
    private static final String AUTHORITY = ":authority";

    private static final String DATE = "x-amz-date";
    private static final String TOKEN = "x-amz-security-token";
    private static final String CONTENT_SHA256 = "x-amz-content-sha256";

    /** Either a head or the reason why there is none. */
    record Read(@Nullable SignedHead head, SignatureDenial denial) {}

    /** Reads a head. {@code denial} only counts when there is no head. */
    static Read read(String method, RequestTarget target, HeaderView headers, String authorization, Instant now) {
        if (!SignedAuthorization.isKnownAlgorithm(authorization)) {
            return denied(SignatureDenial.ALGORITHM);
        }
        SignedAuthorization claim = SignedAuthorization.parse(authorization);
        if (claim == null) {
            return denied(SignatureDenial.FORM);
        }
        // The region may be any: where a request goes follows from the client's configuration.
        if (!claim.scope().service().startsWith("bedrock")) {
            return denied(SignatureDenial.SERVICE);
        }
        if (QueryCredentials.isSigned(target.query())) {
            return denied(SignatureDenial.PRESIGNED);
        }
        List<Header> signed = signedHeaders(claim.signedHeaders(), headers);
        if (signed == null) {
            return denied(SignatureDenial.SIGNED_HEADERS);
        }
        List<String> dates = headers.all(DATE);
        Instant date = dates.size() == 1 ? instant(dates.get(0)) : null;
        if (date == null || !dates.get(0).startsWith(claim.scope().date())) {
            return denied(SignatureDenial.DATE);
        }
        if (Duration.between(date, now).abs().compareTo(WINDOW) > 0) {
            return denied(SignatureDenial.CLOCK);
        }
        if (!headers.all(TOKEN).isEmpty()) {
            return denied(SignatureDenial.SESSION_TOKEN);
        }
        List<String> hashes = headers.all(CONTENT_SHA256);
        if (hashes.size() > 1
                || (hashes.size() == 1 && !DIGEST.matcher(hashes.get(0)).matches())) {
            return denied(SignatureDenial.PAYLOAD);
        }
        String query = target.query() == null ? "" : target.query();
        SignedRequest request =
                new SignedRequest(method, target.path(), query, signed, dates.get(0), claim.scope(), claim.signature());
        PayloadHash hash = hashes.isEmpty() ? null : new PayloadHash(hashes.get(0));
        return new Read(new SignedHead(claim.accessKeyId(), request, hash), SignatureDenial.MISMATCH);
    }

    private static Read denied(SignatureDenial why) {
        return new Read(null, why);
    }

    /** Null when one is missing that must be signed, or that is named. */
    private static @Nullable List<Header> signedHeaders(List<String> names, HeaderView headers) {
        if (!names.contains(DATE) || names.contains(HOST) == names.contains(AUTHORITY)) {
            return null;
        }
        List<Header> signed = new ArrayList<>();
        for (String name : names) {
            List<String> values = headers.all(name.equals(AUTHORITY) ? HOST : name);
            if (values.isEmpty() || (name.equals(HOST) && values.size() > 1)) {
                return null;
            }
            values.forEach(value -> signed.add(new Header(name, value)));
        }
        return signed;
    }

    private static @Nullable Instant instant(String amzDate) {
        try {
            return LocalDateTime.parse(amzDate, AMZ_DATE).toInstant(ZoneOffset.UTC);
        } catch (DateTimeException malformed) {
            return null;
        }
    }
}
