package io.bedrockproxy.server.check;

import io.bedrockproxy.core.credentials.AssumedRole;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What advice about a role is made from.
 *
 * @param used the role
 * @param caller the ARN of who assumes it; null when it could not be told
 */
record RoleFacts(UsedRole used, @Nullable String caller) {
    AssumedRole role() {
        return used.role();
    }

    String key(String name) {
        return "roles." + used.name() + '.' + name;
    }

    /** Who the trust policy has to name. Of a role before, the configuration knows the path too. */
    String principal() {
        UsedRole before = used.before();
        if (before != null) {
            return before.role().roleArn();
        }
        return caller == null ? "<the ARN of who the proxy runs as>" : Principals.ofCaller(caller);
    }

    /** What the role's trust policy needs, ready to paste but for the external ID, which some treat as a secret. */
    String trustStatement() {
        List<String> actions = new ArrayList<>(List.of("\"sts:AssumeRole\""));
        if (!role().sessionTags().isEmpty()) {
            actions.add("\"sts:TagSession\"");
        }
        if (role().sourceIdentity() != null) {
            actions.add("\"sts:SetSourceIdentity\"");
        }
        String condition = role().externalId() == null
                ? ""
                : ",\"Condition\":{\"StringEquals\":{\"sts:ExternalId\":\"<" + key("external-id") + ">\"}}";
        return "{\"Effect\":\"Allow\",\"Principal\":{\"AWS\":\"" + principal() + "\"},\"Action\":["
                + String.join(",", actions) + "]" + condition + "}";
    }

    /** What the caller's own permissions policy needs. */
    String permissionStatement() {
        return "{\"Effect\":\"Allow\",\"Action\":\"sts:AssumeRole\",\"Resource\":\"" + role().roleArn() + "\"}";
    }

    /** The state of the external ID, on our side. */
    String externalId() {
        return role().externalId() == null
                ? "no external ID is configured: if the trust policy asks for one (sts:ExternalId), set "
                        + key("external-id")
                : "an external ID is configured: " + key("external-id")
                        + " has to equal sts:ExternalId in the trust policy, letter by letter";
    }
}
