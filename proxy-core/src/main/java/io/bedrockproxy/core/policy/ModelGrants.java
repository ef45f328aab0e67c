package io.bedrockproxy.core.policy;

import io.bedrockproxy.core.rule.ModelRules;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The resources behind globs over model ids. IAM checks more than the id that a client sends: an inference profile and the
 * foundation model behind it in each region that it leads to, the models behind an application's profile, a prompt or a
 * router, and SageMaker's endpoint behind one of the marketplace (Amazon Bedrock User Guide, "Prerequisites for inference
 * profiles"; Service Authorization Reference, Amazon Bedrock).
 *
 * <p>Where IAM cannot say exactly what a glob says, more is allowed than the glob allows and never less: the proxy holds
 * clients to their rules, the policy is the second line.
 */
final class ModelGrants {
    private static final String ANYTHING = "*";
    /** What no id holds that Bedrock takes, and what means something else to IAM: such a glob allows nothing. */
    private static final Pattern NOT_IN_IDS = Pattern.compile("[?$]");

    private static final Pattern GEOGRAPHY = Pattern.compile(ModelRules.GEOGRAPHY_PREFIX);
    /** A dot has to follow, or something that may be one, as a provider is named before its model. */
    private static final Pattern OF_GEOGRAPHY = Pattern.compile(ModelRules.GEOGRAPHY_PREFIX + ".*[.*].*");

    private static final Set<String> ROUTERS = Set.of("prompt-router", "default-prompt-router");

    private final Arns arns;
    private final ModelSink sink;

    ModelGrants(Arns arns, ModelSink sink) {
        this.arns = arns;
        this.sink = sink;
    }

    /** Everything that using what {@code glob} matches asks for. */
    void add(String glob) {
        if (NOT_IN_IDS.matcher(glob).find()) {
            return;
        }
        if (mayBeAnyArn(glob)) {
            addEverything();
        } else if (glob.startsWith("arn:")) {
            addArn(glob);
        } else {
            addId(glob);
        }
    }

    /**
     * Whether ARNs of every kind may fit, such as those of prompts, whose models nobody can tell. A star may stand for
     * several parts of an ARN.
     */
    static boolean mayBeAnyArn(String glob) {
        int star = glob.indexOf('*');
        if (star >= 0 && "arn:".startsWith(glob.substring(0, Math.min(star, 4)))) {
            return star < 4 || isAnyKind(glob);
        }
        return glob.startsWith("arn:") && star >= 0 && isAnyKind(glob);
    }

    private static boolean isAnyKind(String arn) {
        String[] parts = arn.split(":", 6);
        return parts.length < 6
                || parts[2].contains(ANYTHING)
                || (!parts[2].equals("sagemaker") && type(parts[5]).contains(ANYTHING));
    }

    private static String type(String resource) {
        int slash = resource.indexOf('/');
        return slash < 0 ? resource : resource.substring(0, slash);
    }

    private void addEverything() {
        sink.model(ANYTHING);
        sink.prompt(ANYTHING);
        sink.endpoint(arns.endpoint(ANYTHING));
    }

    private void addId(String glob) {
        if (OF_GEOGRAPHY.matcher(glob).matches()) {
            addProfile(arns.bedrock("inference-profile/" + glob));
            return;
        }
        if (glob.indexOf('.') < 0) {
            // The name of something of the account's, as well; every model's has a dot.
            sink.model(arns.bedrock("*/" + glob));
            addApplicationProfile(arns.bedrock("application-inference-profile/" + glob));
        } else {
            sink.model(arns.foundationModel(glob));
        }
        // The rule is good for that model's profiles in all geographies.
        sink.model(arns.bedrock("inference-profile/*." + glob));
        if (mayBeginWithGeography(glob)) {
            addProfile(arns.bedrock("inference-profile/" + glob));
        }
    }

    /** Whether a star begins before the first dot that may stand for the rest of a geography. */
    private static boolean mayBeginWithGeography(String glob) {
        int star = glob.indexOf('*');
        if (star < 0) {
            return false;
        }
        Matcher beginning = GEOGRAPHY.matcher(glob.substring(0, star));
        return !beginning.lookingAt() && beginning.hitEnd();
    }

    private void addArn(String glob) {
        String[] parts = glob.split(":", 6);
        if (parts.length < 6 || !Wildcards.covers(parts[1], arns.partition())) {
            return; // No ARN, or one of another partition, which the role cannot use and STS would not take.
        }
        // IAM takes no star for a partition.
        parts[1] = arns.partition();
        String arn = String.join(":", parts);
        String type = type(parts[5]);
        if (parts[2].equals("sagemaker")) {
            sink.model(arns.bedrock("marketplace/model-endpoint/all-access"));
            sink.endpoint(arn);
        } else if (type.equals("inference-profile")) {
            addProfile(arn);
        } else if (type.equals("application-inference-profile")) {
            addApplicationProfile(arn);
        } else if (type.equals("prompt")) {
            sink.prompt(arn);
            // Its model may be of any kind, and only its owner knows.
            sink.model(ANYTHING);
        } else {
            sink.model(arn);
            if (ROUTERS.contains(type)) {
                // To foundation models or profiles (API reference of CreatePromptRouter); there is no telling which.
                sink.model(arns.foundationModel(ANYTHING));
                sink.model(arns.bedrock("inference-profile/*"));
            }
        }
    }

    private void addProfile(String profile) {
        sink.model(profile);
        sink.modelsBehind(profile);
    }

    /** Made from a model, or from a profile of the system, which then is asked for as well. */
    private void addApplicationProfile(String profile) {
        addProfile(profile);
        sink.model(arns.bedrock("inference-profile/*"));
    }
}
