package io.bedrockproxy.core.credentials;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.profiles.Profile;
import software.amazon.awssdk.profiles.ProfileFile;

/**
 * What a file of keys may hold: the JSON of a {@code credential_process} (AWS SDKs and Tools Reference, "Process credential
 * provider"), bare or as the value of {@code Credentials} as {@code aws sts} prints it, or one section of an AWS credentials
 * file with or without its name. Says what is wrong without repeating anything of it.
 */
final class KeysFile {
    static final String EXPECTED =
            "JSON with AccessKeyId, SecretAccessKey, SessionToken and Expiration, or one section of an AWS credentials file";

    private static final JsonFactory JSON = JsonFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    private KeysFile() {}

    /** What was read. */
    sealed interface Parsed {}

    /**
     * All of it is there.
     *
     * @param credentials the keys
     */
    record Keys(SessionCredentials credentials) implements Parsed {}

    /**
     * Something is missing or malformed.
     *
     * @param what words that follow the name of the file
     */
    record Wrong(String what) implements Parsed {}

    static Parsed parse(String text) {
        String stripped = text.strip();
        if (stripped.isEmpty()) {
            return new Wrong("is empty");
        }
        return stripped.startsWith("{") ? json(stripped) : section(stripped);
    }

    private static Parsed json(String text) {
        Map<String, String> fields = new HashMap<>();
        try (JsonParser parser = JSON.createParser(text)) {
            parser.nextToken();
            readObject(parser, fields);
            if (parser.nextToken() != null) {
                return new Wrong("goes on behind its JSON object");
            }
        } catch (IOException e) {
            return new Wrong("is no JSON");
        }
        String token = fields.getOrDefault("SessionToken", fields.get("Token"));
        String expiration = fields.get("Expiration");
        return keys(
                "AccessKeyId",
                fields.get("AccessKeyId"),
                "SecretAccessKey",
                fields.get("SecretAccessKey"),
                token,
                expiration);
    }

    /** Strings of the object that {@code parser} stands at the beginning of, and of the one named Credentials in it. */
    private static void readObject(JsonParser parser, Map<String, String> fields) throws IOException {
        for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
            JsonToken value = parser.nextToken();
            if (value == JsonToken.VALUE_STRING) {
                fields.put(name, parser.getText());
            } else if (value == JsonToken.START_OBJECT && name.equals("Credentials")) {
                readObject(parser, fields);
            } else {
                parser.skipChildren();
            }
        }
    }

    private static Parsed section(String text) {
        boolean isNamed = text.lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty() && !line.startsWith("#") && !line.startsWith(";"))
                .findFirst()
                .filter(line -> line.startsWith("["))
                .isPresent();
        Map<String, Profile> profiles;
        try {
            profiles = ProfileFile.builder()
                    .content(new ByteArrayInputStream(
                            (isNamed ? text : "[default]\n" + text).getBytes(StandardCharsets.UTF_8)))
                    .type(ProfileFile.Type.CREDENTIALS)
                    .build()
                    .profiles();
        } catch (RuntimeException e) {
            return new Wrong("is neither JSON nor a section of an AWS credentials file");
        }
        if (profiles.size() != 1) {
            return new Wrong("has " + profiles.size() + " sections");
        }
        Map<String, String> properties = profiles.values().iterator().next().properties();
        return keys(
                "aws_access_key_id",
                properties.get("aws_access_key_id"),
                "aws_secret_access_key",
                properties.get("aws_secret_access_key"),
                properties.get("aws_session_token"),
                null);
    }

    private static Parsed keys(
            String idName,
            @Nullable String id,
            String secretName,
            @Nullable String secret,
            @Nullable String token,
            @Nullable String expiration) {
        if (id == null || !id.matches("\\w{1,128}")) {
            return new Wrong("has no " + idName + " of letters and digits");
        }
        if (secret == null || secret.isBlank()) {
            return new Wrong("has no " + secretName);
        }
        Instant end = null;
        if (expiration != null && !expiration.isEmpty()) {
            try {
                end = OffsetDateTime.parse(expiration).toInstant();
            } catch (DateTimeParseException e) {
                return new Wrong("has an Expiration that is no time of ISO 8601");
            }
        }
        return new Keys(new SessionCredentials(id, secret, token, end));
    }
}
