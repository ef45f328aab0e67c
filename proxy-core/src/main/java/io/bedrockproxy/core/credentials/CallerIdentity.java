package io.bedrockproxy.core.credentials;

import java.util.Objects;

/** Whose credentials some are, as far as it can be told. */
public sealed interface CallerIdentity {
    /**
     * STS has said it.
     *
     * @param account the twelve digits of the AWS account
     * @param arn of the user, or of the session of a role: {@code arn:aws:sts::<account>:assumed-role/<role>/<session>}
     */
    record Known(String account, String arn) implements CallerIdentity {
        /** Refuses nulls. */
        public Known {
            Objects.requireNonNull(account, "account");
            Objects.requireNonNull(arn, "arn");
        }
    }

    /**
     * It cannot be told.
     *
     * @param reason what is wrong and what to do: a part of a sentence, one line, without secrets, for the operator
     */
    record Unknown(String reason) implements CallerIdentity {
        /** Refuses null. */
        public Unknown {
            Objects.requireNonNull(reason, "reason");
        }
    }
}
