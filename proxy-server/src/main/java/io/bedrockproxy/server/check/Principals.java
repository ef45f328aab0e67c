package io.bedrockproxy.server.check;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** From who STS says that somebody is to who a trust policy has to name. */
final class Principals {
    private static final Pattern SESSION = Pattern.compile("arn:([a-z-]+):sts::(\\d{12}):assumed-role/([^/]+)/.+");

    private Principals() {}

    /** The role of a session, anybody else himself. A role's path, which sessions do not show, is missing. */
    static String ofCaller(String arn) {
        Matcher session = SESSION.matcher(arn);
        return session.matches()
                ? "arn:" + session.group(1) + ":iam::" + session.group(2) + ":role/" + session.group(3)
                : arn;
    }

    /** The twelve digits; empty when it is no ARN. */
    static String account(String arn) {
        String[] parts = arn.split(":", 6);
        return parts.length > 4 ? parts[4] : "";
    }
}
