package io.bedrockproxy.emulator.sts;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** What is broken at the moment, for everybody or for one role. Thread-safe. */
public final class Outages {
    private final Map<String, StsMode> ofRoles = new ConcurrentHashMap<>();
    private volatile StsMode ofAll = StsMode.OK;
    private volatile Duration delay = Duration.ZERO;

    /** From the next call on STS behaves so towards everybody; roles with a mode of their own keep it. */
    public void all(StsMode mode) {
        ofAll = mode;
    }

    /** From the next call on STS behaves so about one role; null: as towards everybody. */
    public void role(String roleArn, @Nullable StsMode mode) {
        if (mode == null) {
            ofRoles.remove(roleArn);
        } else {
            ofRoles.put(roleArn, mode);
        }
    }

    /** From the next call on answers come so late. */
    public void delay(Duration silence) {
        delay = silence;
    }

    Duration delay() {
        return delay;
    }

    StsMode mode(@Nullable String roleArn) {
        return roleArn == null ? ofAll : ofRoles.getOrDefault(roleArn, ofAll);
    }

    /** The error that a mode stands for; null when it has none. */
    static @Nullable StsFault fault(StsMode mode) {
        return switch (mode) {
            case ERROR_500 ->
                new StsFault(500, "InternalFailure", "The request processing has failed because of an unknown error");
            case UNAVAILABLE -> new StsFault(503, "ServiceUnavailable", "Service is unavailable");
            case THROTTLED -> new StsFault(400, "Throttling", "Rate exceeded");
            case DENIED -> new StsFault(403, "AccessDenied", "The emulator was asked to deny everything");
            case REGION_DISABLED ->
                new StsFault(
                        403,
                        "RegionDisabledException",
                        "STS is not activated in this region for account:000000000000. Your account administrator can"
                                + " activate STS in this region using the IAM Console.");
            case EXPIRED_SOURCE ->
                new StsFault(403, "ExpiredToken", "The security token included in the request is expired");
            case IDP_UNREACHABLE ->
                new StsFault(400, "IDPCommunicationError", "Cannot communicate with the identity provider");
            case PACKED_POLICY_TOO_LARGE ->
                new StsFault(
                        400,
                        "PackedPolicyTooLarge",
                        "Packed policy consumes 157% of allotted space, please use smaller policy.");
            case HANG, CUT -> new StsFault(500, mode.name(), "Never seen by the caller");
            case OK, MALFORMED, EXPIRED_CREDENTIALS, SHORT_CREDENTIALS, SKEWED -> null;
        };
    }
}
