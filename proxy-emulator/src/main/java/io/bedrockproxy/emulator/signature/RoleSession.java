package io.bedrockproxy.emulator.signature;

/**
 * Whose temporary credentials signed a request.
 *
 * @param roleArn the role that was assumed
 * @param sessionName the session name it was assumed with
 */
public record RoleSession(String roleArn, String sessionName) {
    /** The ARN that CloudTrail would show. */
    public String assumedRoleArn() {
        String[] parts = roleArn.split(":", 6);
        String role = parts.length < 6 ? roleArn : parts[5].substring(parts[5].lastIndexOf('/') + 1);
        String partition = parts.length < 6 ? "aws" : parts[1];
        String account = parts.length < 6 ? "" : parts[4];
        return "arn:" + partition + ":sts::" + account + ":assumed-role/" + role + "/" + sessionName;
    }
}
