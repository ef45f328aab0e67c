package io.bedrockproxy.server.config.load;

import io.bedrockproxy.server.config.RoleSettings;
import io.bedrockproxy.server.config.SourceRef;
import io.bedrockproxy.server.config.StsConfig;
import io.bedrockproxy.server.config.hocon.Section;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads {@code roles}: STS's own limits, so that a mistake shows at start and not as an answer of STS. */
final class RoleReader {
    private static final Pattern ARN =
            Pattern.compile("arn:aws[a-z-]*:iam::(\\d{12}):role/[\\x21-\\x7e]{0,510}[\\w+=,.@-]");
    private static final Pattern EXTERNAL_ID = Pattern.compile("[\\w+=,.@:/-]{2,1224}");
    private static final Pattern SESSION_NAME = Pattern.compile("[\\w+=,.@-]{2,64}");
    private static final String NAME_EXPECTED = "2 to 64 letters, digits and + = , . @ - _, and {client}";
    private static final Pattern TAG_KEY = Pattern.compile("[\\p{L}\\p{Z}\\p{N}_.:/=+\\-@]{1,128}");
    private static final Pattern TAG_VALUE = Pattern.compile("[\\p{L}\\p{Z}\\p{N}_.:/=+\\-@]{0,256}");
    /** Stands for the client's name, except in an external ID, which has no braces. */
    private static final String CLIENT = "{client}";

    private static final int MAX_TAGS = 50;
    private static final Duration MIN_DURATION = Duration.ofMinutes(15);
    private static final Duration MAX_DURATION = Duration.ofHours(12);
    /** STS's limit when the call is signed with the credentials of another role. */
    private static final Duration MAX_CHAINED = Duration.ofHours(1);

    private RoleReader() {}

    /** @param sections of {@code roles}, by name */
    static Map<String, RoleSettings> roles(Map<String, Section> sections, Set<String> sources, StsConfig sts) {
        Map<String, RoleSettings> roles = new LinkedHashMap<>();
        sections.forEach((name, section) -> roles.put(name, role(section, sources, sections.keySet(), sts)));
        sections.forEach((name, section) -> checkChain(name, section, roles));
        return roles;
    }

    private static RoleSettings role(Section section, Set<String> sources, Set<String> roles, StsConfig sts) {
        String region = Readers.region(section, "sts-region");
        URI endpoint = Readers.endpoint(section, "sts-endpoint");
        return new RoleSettings(
                roleArn(section),
                matching(section, "external-id", EXTERNAL_ID, "2 to 1224 letters, digits and + = , . @ : / - _"),
                section.duration("duration", MIN_DURATION, MAX_DURATION),
                matching(section, "session-name", SESSION_NAME, NAME_EXPECTED),
                sessionTags(section),
                matching(section, "source-identity", SESSION_NAME, NAME_EXPECTED),
                PolicyReader.sessionPolicy(section),
                SourceReader.reference(section, sources, roles),
                region == null ? sts.region() : region,
                endpoint == null ? sts.endpoint() : endpoint);
    }

    private static String roleArn(Section section) {
        String arn = section.optionalText("role-arn");
        if (arn == null || !ARN.matcher(arn).matches()) {
            section.problem(
                    "role-arn",
                    arn == null ? "not set" : "\"" + arn + "\"",
                    "the ARN of a role, such as arn:aws:iam::111122223333:role/bedrock");
        }
        return arn == null ? "" : arn;
    }

    private static @Nullable String matching(Section section, String key, Pattern pattern, String expected) {
        String text = section.optionalText(key);
        // In the template's place any name that the client may have.
        if (text == null || pattern.matcher(text.replace(CLIENT, "client")).matches()) {
            return text;
        }
        // An external ID is not printed: it is not quite a secret, and not quite public either.
        section.problem(key, text.length() + " characters that do not fit", expected);
        return null;
    }

    private static Map<String, String> sessionTags(Section section) {
        Map<String, String> tags = section.textMap("session-tags");
        if (tags.size() > MAX_TAGS) {
            section.problem("session-tags", tags.size() + " tags", "at most " + MAX_TAGS);
        }
        tags.forEach((key, value) -> {
            if (key.startsWith("aws:") || !TAG_KEY.matcher(key).matches()) {
                section.problem("session-tags", "the key \"" + key + "\"", "1 to 128 characters STS allows, no aws:");
            }
            if (!TAG_VALUE.matcher(value.replace(CLIENT, "client")).matches()) {
                section.problem("session-tags", "the value of \"" + key + "\"", "at most 256 characters STS allows");
            }
        });
        return tags;
    }

    private static void checkChain(String name, Section section, Map<String, RoleSettings> roles) {
        Set<String> seen = new HashSet<>(Set.of(name));
        RoleSettings role = roles.get(name);
        if (role == null || !(role.source() instanceof SourceRef.Role first)) {
            return;
        }
        if (role.duration().compareTo(MAX_CHAINED) > 0) {
            section.problem("duration", "more than 1h for a role that another role assumes", "15m to 1h");
        }
        RoleSettings assuming = roles.get(first.name());
        if (assuming != null
                && role.externalId() == null
                && !account(assuming.roleArn()).equals(account(role.roleArn()))) {
            section.warn(
                    "external-id",
                    "not set for a role of another account: anyone it trusts could be tricked"
                            + " into using it (the confused deputy problem)");
        }
        List<String> path = new ArrayList<>();
        for (SourceRef next = first; next instanceof SourceRef.Role chained; ) {
            path.add(chained.name());
            if (!seen.add(chained.name())) {
                section.problem(
                        "source",
                        name + " -> " + String.join(" -> ", path) + " is a loop",
                        "a chain that ends in a source");
                return;
            }
            RoleSettings following = roles.get(chained.name());
            next = following == null ? new SourceRef.DefaultChain() : following.source();
        }
    }

    private static String account(String arn) {
        String[] parts = arn.split(":", -1);
        return parts.length > 4 ? parts[4] : "";
    }
}
