package io.bedrockproxy.server;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * A request that is signed by hand, with nothing of the product's and nothing of the SDK's, so that a test can sign what no
 * client would; to be changed before and after it is signed.
 */
final class SignedDraft {
    static final String AMZ_DATE = "x-amz-date";
    static final String HASH = "x-amz-content-sha256";

    private static final DateTimeFormatter DATE =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

    String method = "POST";
    String target;
    /** What is signed for the path and the query; null: as the SDKs do, the path encoded once more. */
    @Nullable
    String canonicalPath;

    String query = "";
    String body = "{\"messages\":[{\"role\":\"user\",\"content\":[{\"text\":\"Hello\"}]}]}";
    String algorithm = "AWS4-HMAC-SHA256";
    String id;
    String secret;
    String region = "eu-west-3";
    String service = "bedrock";
    /** Name and value by turns. */
    final List<String[]> headers = new ArrayList<>();

    /** Names that are listed; those of {@link #headers} are by themselves. */
    final TreeSet<String> alsoListed = new TreeSet<>();

    final TreeSet<String> notListed = new TreeSet<>();

    SignedDraft(String host, String target, String id, String secret) {
        this.target = target;
        this.id = id;
        this.secret = secret;
        header("host", host).header("content-type", "application/json").date(Instant.now());
    }

    SignedDraft header(String name, String value) {
        headers.add(new String[] {name, value});
        return this;
    }

    /** Puts a value in the place of what is there. */
    SignedDraft replace(String name, String value) {
        headers.removeIf(header -> header[0].equals(name));
        return header(name, value);
    }

    SignedDraft date(Instant date) {
        return replace(AMZ_DATE, DATE.format(date));
    }

    /** Tells the hash of the body in the head, as the SDKs do. */
    SignedDraft tellHash() {
        return replace(HASH, sha256(body));
    }

    void drop(String name) {
        headers.removeIf(header -> header[0].equals(name));
    }

    /** The same header once more. */
    void again(String name) {
        header(name, value(name));
    }

    /** Changes the signature's header. */
    void edit(String regex, String by) {
        replace("authorization", value("authorization").replaceAll(regex, by));
    }

    String value(String name) {
        return headers.stream()
                .filter(header -> header[0].equals(name))
                .map(header -> header[1])
                .findFirst()
                .orElseThrow();
    }

    /** Adds the signature over what is there now. */
    SignedDraft sign() {
        String amzDate = value(AMZ_DATE);
        TreeMap<String, String> signed = new TreeMap<>();
        headers.stream()
                .filter(header -> !notListed.contains(header[0]))
                .forEach(header -> signed.merge(header[0], header[1], (a, b) -> a + ',' + b));
        TreeSet<String> names = new TreeSet<>(signed.keySet());
        names.addAll(alsoListed);
        String path = target.contains("?") ? target.substring(0, target.indexOf('?')) : target;
        String lines = names.stream()
                .map(name -> name + ':' + signed.getOrDefault(name, "") + '\n')
                .collect(Collectors.joining());
        String canonical = String.join(
                "\n",
                method,
                canonicalPath == null ? path.replace("%", "%25").replace(":", "%3A") : canonicalPath,
                query,
                lines,
                String.join(";", names),
                signed.getOrDefault(HASH, sha256(body)));
        String scope = String.join("/", amzDate.substring(0, 8), region, service, "aws4_request");
        String toSign = String.join("\n", algorithm, amzDate, scope, sha256(canonical));
        byte[] key = ("AWS4" + secret).getBytes(StandardCharsets.US_ASCII);
        for (String part : scope.split("/", -1)) {
            key = hmac(key, part);
        }
        return header(
                "authorization",
                algorithm + " Credential=" + id + '/' + scope + ", SignedHeaders=" + String.join(";", names)
                        + ", Signature=" + HexFormat.of().formatHex(hmac(key, toSign)));
    }

    /** For HTTP/1.1. */
    String text() {
        return head("") + body;
    }

    /** The head alone, with more lines. */
    String head(String more) {
        return method + ' ' + target + " HTTP/1.1\r\n"
                + headers.stream()
                        .map(header -> header[0] + ": " + header[1] + "\r\n")
                        .collect(Collectors.joining())
                + more + (method.equals("GET") && body.isEmpty() ? "" : "Content-Length: " + body.length() + "\r\n")
                + "\r\n";
    }

    private static byte[] hmac(byte[] key, String text) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    static String sha256(String text) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
