package io.bedrockproxy.emulator.iam;

import java.util.Set;

/**
 * Who asks, as the Principal element of a trust policy may name it.
 *
 * @param type {@code AWS} or {@code Federated}
 * @param ownNames the ARNs that are the principal's own
 * @param accountNames the names of its account, which trust everybody whom that account lets do it
 */
public record Principal(String type, Set<String> ownNames, Set<String> accountNames) {
    /** Copies. */
    public Principal {
        ownNames = Set.copyOf(ownNames);
        accountNames = Set.copyOf(accountNames);
    }

    /** A user or a role session. */
    public static Principal aws(Set<String> ownNames, String partition, String account) {
        return new Principal("AWS", ownNames, Set.of(account, "arn:" + partition + ":iam::" + account + ":root"));
    }

    /** Somebody with a token of this identity provider. */
    public static Principal federated(String providerArn) {
        return new Principal("Federated", Set.of(providerArn), Set.of());
    }

    /** The same without its account: who is trusted so needs no permission of the account's. */
    public Principal withoutAccount() {
        return new Principal(type, ownNames, Set.of());
    }

    boolean isNamed(String elementType, String name) {
        return elementType.equals(type) && (name.equals("*") || ownNames.contains(name) || accountNames.contains(name));
    }
}
