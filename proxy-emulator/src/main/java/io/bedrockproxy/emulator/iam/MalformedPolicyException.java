package io.bedrockproxy.emulator.iam;

/** A policy document that IAM would not take; the message is IAM's. */
public final class MalformedPolicyException extends Exception {
    private static final long serialVersionUID = 1L;

    MalformedPolicyException(String message) {
        super(message, null, false, false);
    }
}
