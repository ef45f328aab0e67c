package io.bedrockproxy.emulator.iam;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.bedrockproxy.emulator.iam.Statement.Patterns;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads the JSON of a policy document, as strictly as IAM and in its words. */
final class PolicyReader {
    private static final String SYNTAX = "Syntax errors in policy.";
    private static final Set<String> DOCUMENT = Set.of("Version", "Id", "Statement");
    private static final Set<String> STATEMENT = Set.of(
            "Sid",
            "Effect",
            "Action",
            "NotAction",
            "Resource",
            "NotResource",
            "Principal",
            "NotPrincipal",
            "Condition");
    private static final Set<String> VERSIONS = Set.of("2008-10-17", "2012-10-17");
    private static final Set<String> PRINCIPAL_TYPES = Set.of("AWS", "Service", "Federated", "CanonicalUser");
    private static final Pattern SID = Pattern.compile("[0-9A-Za-z]*");
    private static final Pattern ACTION = Pattern.compile("\\*|[A-Za-z0-9-]+:[A-Za-z0-9*?]+");
    private static final Pattern RESOURCE = Pattern.compile("\\*|arn:[^:]*:[^:].*");
    private static final Pattern AWS_PRINCIPAL = Pattern.compile(
            "\\*|[0-9]{12}|arn:aws[a-z-]*:(iam::[0-9]{12}:(root|(user|role)/[^*?]+)|sts::[0-9]{12}:assumed-role/[^*?]+)");
    private static final ObjectMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    private final boolean trust;

    PolicyReader(boolean trust) {
        this.trust = trust;
    }

    PolicyDocument read(String json) throws MalformedPolicyException {
        JsonNode root = tree(json);
        requireOnly(root, DOCUMENT);
        if (root.has("Version") && !VERSIONS.contains(root.path("Version").asText())) {
            throw new MalformedPolicyException(SYNTAX);
        }
        JsonNode listed = root.path("Statement");
        List<Statement> statements = new ArrayList<>();
        Set<String> ids = new HashSet<>();
        for (JsonNode one : listed.isObject() ? List.of(listed) : listed) {
            statements.add(statement(one));
            if (one.has("Sid") && !ids.add(one.path("Sid").asText())) {
                throw new MalformedPolicyException("Statement IDs (SID) in a single policy must be unique.");
            }
        }
        if (statements.isEmpty()) {
            throw new MalformedPolicyException(SYNTAX);
        }
        return new PolicyDocument(statements);
    }

    private static JsonNode tree(String json) throws MalformedPolicyException {
        try {
            return JSON.readTree(json);
        } catch (JsonProcessingException e) {
            throw new MalformedPolicyException("This policy contains invalid Json");
        }
    }

    private static void requireOnly(JsonNode node, Set<String> fields) throws MalformedPolicyException {
        if (!(node instanceof ObjectNode)) {
            throw new MalformedPolicyException(SYNTAX);
        }
        for (Iterator<String> names = node.fieldNames(); names.hasNext(); ) {
            if (!fields.contains(names.next())) {
                throw new MalformedPolicyException(SYNTAX);
            }
        }
    }

    private Statement statement(JsonNode node) throws MalformedPolicyException {
        requireOnly(node, STATEMENT);
        String effect = node.path("Effect").asText();
        if (!effect.equals("Allow") && !effect.equals("Deny")) {
            throw new MalformedPolicyException(SYNTAX);
        }
        if (!SID.matcher(node.path("Sid").asText()).matches()) {
            throw new MalformedPolicyException("Statement IDs (SID) must be alpha-numeric. Check that your input"
                    + " satisfies the regular expression [0-9A-Za-z]*");
        }
        Patterns actions = patterns(node, "Action", "Policy statement must contain actions.");
        for (String action : actions.texts()) {
            if (!ACTION.matcher(action).matches()) {
                throw new MalformedPolicyException(
                        "Actions/Conditions must be prefaced by a vendor, e.g., iam, sdb," + " ec2, etc.");
            }
            if (trust && !action.toLowerCase(Locale.ROOT).startsWith("sts:")) {
                throw new MalformedPolicyException("AssumeRole policy may only specify STS AssumeRole actions.");
            }
        }
        return new Statement(
                effect.equals("Deny"),
                actions,
                trust ? noResources(node) : resources(node),
                trust ? principals(node) : noPrincipals(node),
                conditions(node.path("Condition")));
    }

    private static Patterns resources(JsonNode node) throws MalformedPolicyException {
        Patterns resources = patterns(node, "Resource", "Policy statement must contain resources.");
        for (String resource : resources.texts()) {
            if (!RESOURCE.matcher(resource).matches()) {
                throw new MalformedPolicyException("Resource " + resource + " must be in ARN format or \"*\".");
            }
        }
        return resources;
    }

    private static @Nullable Patterns noResources(JsonNode node) throws MalformedPolicyException {
        if (node.has("Resource") || node.has("NotResource")) {
            throw new MalformedPolicyException("Has prohibited field Resource");
        }
        return null;
    }

    private static @Nullable Map<String, List<String>> noPrincipals(JsonNode node) throws MalformedPolicyException {
        if (node.has("Principal") || node.has("NotPrincipal")) {
            throw new MalformedPolicyException("Policy document should not specify a principal.");
        }
        return null;
    }

    private static Map<String, List<String>> principals(JsonNode node) throws MalformedPolicyException {
        JsonNode principal = node.path("Principal");
        if (principal.isMissingNode() || node.has("NotPrincipal")) {
            throw new MalformedPolicyException("Missing required field Principal");
        }
        if (principal.asText().equals("*")) {
            return Map.of("*", List.of());
        }
        requireOnly(principal, PRINCIPAL_TYPES);
        Map<String, List<String>> principals = new TreeMap<>();
        for (Map.Entry<String, JsonNode> entry : principal.properties()) {
            List<String> names = strings(entry.getValue());
            for (String name : names) {
                if (entry.getKey().equals("AWS") && !AWS_PRINCIPAL.matcher(name).matches()) {
                    throw new MalformedPolicyException("Invalid principal in policy: \"AWS\":\"" + name + "\"");
                }
            }
            principals.put(entry.getKey(), names);
        }
        return principals;
    }

    private static List<Condition> conditions(JsonNode block) throws MalformedPolicyException {
        List<Condition> conditions = new ArrayList<>();
        if (!block.isMissingNode() && !block.isObject()) {
            throw new MalformedPolicyException(SYNTAX);
        }
        for (Map.Entry<String, JsonNode> operator : block.properties()) {
            if (!operator.getValue().isObject()) {
                throw new MalformedPolicyException(SYNTAX);
            }
            for (Map.Entry<String, JsonNode> line : operator.getValue().properties()) {
                if (line.getKey().indexOf(':') < 1) {
                    throw new MalformedPolicyException(
                            "Actions/Conditions must be prefaced by a vendor, e.g., iam," + " sdb, ec2, etc.");
                }
                conditions.add(Condition.of(operator.getKey(), line.getKey(), strings(line.getValue())));
            }
        }
        return conditions;
    }

    /** The element or its Not form; exactly one of them, with at least one pattern. */
    private static Patterns patterns(JsonNode node, String element, String complaint) throws MalformedPolicyException {
        boolean not = node.has("Not" + element);
        if (not == node.has(element)) {
            throw new MalformedPolicyException(not ? SYNTAX : complaint);
        }
        List<String> texts = strings(node.path(not ? "Not" + element : element));
        if (texts.isEmpty()) {
            throw new MalformedPolicyException(complaint);
        }
        return new Patterns(not, texts);
    }

    /** A text, or a list of texts; IAM also takes bare numbers and booleans. */
    private static List<String> strings(JsonNode node) throws MalformedPolicyException {
        List<String> strings = new ArrayList<>();
        for (JsonNode one : node.isArray() ? node : List.of(node)) {
            if (!one.isValueNode() || one.isNull()) {
                throw new MalformedPolicyException(SYNTAX);
            }
            strings.add(one.asText());
        }
        return strings;
    }
}
