package io.bedrockproxy.emulator.sts;

import static io.bedrockproxy.emulator.sts.StsXml.element;

import io.bedrockproxy.emulator.recording.StsParameters;
import io.bedrockproxy.emulator.signature.AccessKey;
import io.bedrockproxy.emulator.signature.Identity;
import io.bedrockproxy.emulator.signature.KeyRing;
import io.bedrockproxy.emulator.signature.RoleSession;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.random.RandomGenerator;

/** Makes session credentials and writes them as STS does. Thread-safe. */
public final class CredentialIssuer {
    private static final String BASE32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    private static final Duration SHORT_LIFE = Duration.ofSeconds(5);

    private final KeyRing keys;
    private final Duration longestLife;
    private final RandomGenerator random;

    /**
     * @param keys takes the issued credentials
     * @param longestLife caps their life, below what AWS allows to ask for
     * @param random makes them; used by several threads
     */
    public CredentialIssuer(KeyRing keys, Duration longestLife, RandomGenerator random) {
        this.keys = keys;
        this.longestLife = longestLife;
        this.random = random;
    }

    /** The elements that every answer with credentials has. */
    String issue(Identity owner, RoleSession session, StsParameters parameters, Instant expiration, Instant now) {
        AccessKey key = new AccessKey("ASIA" + id(), secret(30), "IQoJb3JpZ2luX2Vj" + secret(480), expiration, owner);
        keys.add(key, now);
        String sourceIdentity = owner.sourceIdentity();
        Integer packed = PackedPolicy.percent(parameters);
        return "<AssumedRoleUser>"
                + element("AssumedRoleId", "AROA" + id() + ':' + session.sessionName())
                + element("Arn", owner.arn())
                + "</AssumedRoleUser><Credentials>"
                + element("AccessKeyId", key.accessKeyId())
                + element("SecretAccessKey", key.secretAccessKey())
                + element("SessionToken", String.valueOf(key.sessionToken()))
                + element("Expiration", expiration.toString())
                + "</Credentials>"
                + (packed == null ? "" : element("PackedPolicySize", packed.toString()))
                + (sourceIdentity == null ? "" : element("SourceIdentity", sourceIdentity));
    }

    Instant expiration(Duration asked, StsMode mode, Instant now) {
        Duration life = asked.compareTo(longestLife) < 0 ? asked : longestLife;
        Instant end = switch (mode) {
            case EXPIRED_CREDENTIALS -> now.minus(Duration.ofMinutes(1));
            case SHORT_CREDENTIALS -> now.plus(SHORT_LIFE);
            default -> now.plus(life);
        };
        return end.truncatedTo(ChronoUnit.SECONDS); // as the wire has it
    }

    private String id() {
        StringBuilder id = new StringBuilder();
        for (int i = 0; i < 16; i++) {
            id.append(BASE32.charAt(random.nextInt(BASE32.length())));
        }
        return id.toString();
    }

    private String secret(int bytes) {
        byte[] secret = new byte[bytes];
        random.nextBytes(secret);
        return Base64.getEncoder().encodeToString(secret);
    }
}
