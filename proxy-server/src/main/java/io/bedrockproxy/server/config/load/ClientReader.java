package io.bedrockproxy.server.config.load;

import io.bedrockproxy.core.auth.IssuedKey;
import io.bedrockproxy.core.rule.KnownOperations;
import io.bedrockproxy.server.config.BedrockConfig;
import io.bedrockproxy.server.config.ClientSettings;
import io.bedrockproxy.server.config.SecretHash;
import io.bedrockproxy.server.config.SourceRef;
import io.bedrockproxy.server.config.hocon.NearestKey;
import io.bedrockproxy.server.config.hocon.Section;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads {@code clients}. */
final class ClientReader {
    private static final Pattern MODEL = Pattern.compile("[\\x21-\\x7e]{1,2048}");
    private static final Pattern OPERATION = Pattern.compile("[A-Za-z*][A-Za-z.*]{0,99}");

    private final Set<String> sources;
    private final Set<String> roles;
    private final SecretReader secrets;
    private final BedrockConfig bedrock;
    private final Instant now;

    ClientReader(Set<String> sources, Set<String> roles, SecretReader secrets, BedrockConfig bedrock, Instant now) {
        this.sources = sources;
        this.roles = roles;
        this.secrets = secrets;
        this.bedrock = bedrock;
        this.now = now;
    }

    Map<String, ClientSettings> clients(Section root) {
        Map<String, ClientSettings> clients = new LinkedHashMap<>();
        Map<SecretHash, String> owners = new HashMap<>();
        AccessKeyReader accessKeys = new AccessKeyReader(secrets);
        root.named("clients").forEach((name, section) -> {
            ClientSettings client = client(section, accessKeys.accessKeys(name, section));
            clients.put(name, client);
            for (SecretHash secret : client.secrets()) {
                String owner = owners.putIfAbsent(secret, name);
                if (owner != null) {
                    section.problem("secrets", "one is a secret of client " + owner + " too", "secrets of its own");
                }
            }
        });
        if (clients.isEmpty()) {
            String variables = String.join(", ", EnvironmentLayer.SECRETS);
            root.problem("clients", "no client", "a client with a secret, here or by one of " + variables);
        }
        return clients;
    }

    private ClientSettings client(Section section, List<IssuedKey> accessKeys) {
        if (!section.hasElements("secrets") && !section.hasElements("access-keys")) {
            section.problem("secrets", "no secret", "at least one of { sha256 = ... }, { file = ... }, { env = ... }");
        }
        String region = Readers.region(section, "region");
        return new ClientSettings(
                List.copyOf(new LinkedHashSet<>(secrets.secrets(section))),
                accessKeys,
                notAfter(section),
                role(section),
                source(section),
                region == null ? bedrock.region() : region,
                regions(section),
                models(section),
                operations(section));
    }

    private List<String> regions(Section section) {
        List<String> regions = Readers.regions(section, "regions");
        if (!regions.isEmpty() && bedrock.endpoint() != null) {
            section.warn("regions", "has no effect on inference: bedrock.endpoint is one host, of the home region");
        }
        return regions;
    }

    private @Nullable Instant notAfter(Section section) {
        String text = section.optionalText("not-after");
        if (text == null) {
            return null;
        }
        try {
            Instant instant = OffsetDateTime.parse(text).toInstant();
            if (!instant.isAfter(now)) {
                section.warn("not-after", text + " is over: this client's secrets do not work any more");
            }
            return instant;
        } catch (DateTimeParseException e) {
            section.problem(
                    "not-after", "\"" + text + "\"", "a date and time in RFC 3339, such as 2027-01-31T12:00:00Z");
            return null;
        }
    }

    private @Nullable String role(Section section) {
        String role = section.optionalText("role");
        if (role != null && !roles.contains(role)) {
            String expected = roles.isEmpty()
                    ? "a role under bedrock-proxy.roles"
                    : SourceReader.oneOf(role, new ArrayList<>(new TreeSet<>(roles)));
            section.problem("role", "nobody defines \"" + role + "\"", expected);
        }
        return role;
    }

    private SourceRef source(Section section) {
        SourceRef source = SourceReader.reference(section, sources, null);
        if (section.isSet("role") && !(source instanceof SourceRef.DefaultChain)) {
            section.warn("source", "has no effect: the client has a role, and the role has a source of its own");
        }
        return source;
    }

    private static List<String> models(Section section) {
        List<String> models = section.texts("models");
        for (String model : models) {
            if (!MODEL.matcher(model).matches()) {
                section.problem("models", "\"" + model + "\"", "globs over model ids, such as anthropic.claude-*");
            }
        }
        return notEmpty(section, "models", models);
    }

    private static List<String> operations(Section section) {
        List<String> operations = section.texts("operations");
        for (String operation : operations) {
            if (!OPERATION.matcher(operation).matches()) {
                section.problem("operations", "\"" + operation + "\"", "names such as Converse, globs and groups");
            } else if (!KnownOperations.isRule(operation)) {
                String wrong = operation.contains("*") ? " fits no operation" : " is no operation and no group";
                section.problem("operations", "\"" + operation + "\"" + wrong, nearest(operation));
            }
        }
        return notEmpty(section, "operations", operations);
    }

    private static String nearest(String operation) {
        List<String> known = new ArrayList<>(KnownOperations.names());
        known.addAll(KnownOperations.groups());
        return NearestKey.to(operation.replace("*", ""), known)
                + " or another name, or one of the groups "
                + String.join(", ", new TreeSet<>(KnownOperations.groups()));
    }

    private static List<String> notEmpty(Section section, String key, List<String> rules) {
        if (rules.isEmpty()) {
            section.problem(key, "nothing is allowed", "at least one rule; remove the client to shut it out");
        }
        return rules;
    }
}
