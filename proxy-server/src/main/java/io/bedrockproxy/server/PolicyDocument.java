package io.bedrockproxy.server;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * One policy.
 *
 * @param subject whose it is, such as {@code role prod}
 * @param arn the subject's; null where nobody knows it
 * @param kind what kind of policy
 * @param where what to do with it
 * @param json the document
 */
public record PolicyDocument(String subject, @Nullable String arn, Kind kind, String where, String json) {
    /** Which kind of policy a document is. */
    public enum Kind {
        /** What a role or a user may do. */
        PERMISSIONS,
        /** Who may assume a role. */
        TRUST,
        /** What one session of a role may do at most. */
        SESSION;

        /** In lower case. */
        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** One line: whose it is, what it is, and where it goes. */
    public String heading() {
        return subject + (arn == null ? "" : " (" + arn + ")") + ": " + kind + " policy; " + where;
    }
}
