package io.bedrockproxy.server;

import io.bedrockproxy.core.credentials.CallerIdentity;
import io.bedrockproxy.core.credentials.SourceConfig;
import io.bedrockproxy.core.endpoint.Regions;
import io.bedrockproxy.core.policy.ClientRules;
import io.bedrockproxy.core.policy.IamPolicy;
import io.bedrockproxy.core.policy.PolicyUses;
import io.bedrockproxy.core.policy.TrustPolicy;
import io.bedrockproxy.server.config.ClientSettings;
import io.bedrockproxy.server.config.ProxyConfig;
import io.bedrockproxy.server.config.RoleSession;
import io.bedrockproxy.server.config.RoleSettings;
import io.bedrockproxy.server.config.RoleSettings.SessionPolicy;
import io.bedrockproxy.server.config.SessionPolicies;
import io.bedrockproxy.server.config.SourceRef;
import java.net.URI;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The IAM policies that a configuration needs, and the session policies that it sends: what the command policy prints. */
public final class PolicyDocuments {
    /** No principal, so that IAM refuses a document in which it was forgotten. */
    static final String PLACEHOLDER = "REPLACE-WITH-THE-ARN-OF-THE-ROLE-OR-USER-THAT-THE-PROXY-RUNS-AS";

    private final ProxyConfig config;
    private final Map<String, ClientSettings> selected;
    private final Callers callers;
    private final CredentialsKeys keys;
    private final Map<SourceRef, CallerIdentity> identities = new HashMap<>();
    private final List<PolicyDocument> documents = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();

    /** Tells whose credentials a source has. */
    @FunctionalInterface
    public interface Callers {
        /** May block for some seconds. */
        CallerIdentity of(SourceConfig source, String stsRegion, @Nullable URI stsEndpoint);
    }

    private PolicyDocuments(ProxyConfig config, Map<String, ClientSettings> selected, Callers callers) {
        this.config = config;
        this.selected = selected;
        this.callers = callers;
        this.keys = new CredentialsKeys(config);
    }

    /**
     * Makes them. Blocks for as long as {@code callers} does, once for each source.
     *
     * @param client the name of the only client that they are for; null: all
     */
    public static PolicyDocuments of(ProxyConfig config, @Nullable String client, Callers callers) {
        Map<String, ClientSettings> selected = client == null
                ? config.clients()
                : Map.of(client, Objects.requireNonNull(config.clients().get(client), client));
        PolicyDocuments made = new PolicyDocuments(config, selected, callers);
        made.addRoles();
        made.addSources();
        made.addSessions();
        made.addNotesOnRules();
        return made;
    }

    /** Roles, then sources, then sessions. */
    public List<PolicyDocument> documents() {
        return Collections.unmodifiableList(documents);
    }

    /** What has to be known before the documents are used: sentences without secrets. */
    public List<String> notes() {
        return Collections.unmodifiableList(notes);
    }

    private void addRoles() {
        Map<String, PolicyUses> uses = new LinkedHashMap<>();
        SessionPolicies.of(config.roles(), selected)
                .uses()
                .forEach((chain, use) -> uses.merge(chain.get(0).role(), use.uses(), PolicyDocuments::both));
        uses.forEach((name, use) -> {
            RoleSettings role = role(name);
            String subject = "role " + name;
            documents.add(new PolicyDocument(
                    subject,
                    role.roleArn(),
                    PolicyDocument.Kind.PERMISSIONS,
                    "attach it to the role",
                    IamPolicy.ofIdentity(role.roleArn().split(":", -1)[1], use).pretty()));
            documents.add(new PolicyDocument(
                    subject,
                    role.roleArn(),
                    PolicyDocument.Kind.TRUST,
                    "make it the role's trust relationship",
                    trust(subject, role).pretty()));
        });
    }

    private RoleSettings role(String name) {
        return Objects.requireNonNull(config.roles().get(name), name);
    }

    private static PolicyUses both(PolicyUses one, PolicyUses other) {
        List<ClientRules> clients = new ArrayList<>(one.clients());
        clients.addAll(other.clients());
        Set<String> roles = new LinkedHashSet<>(one.roles());
        roles.addAll(other.roles());
        return new PolicyUses(clients, roles);
    }

    private TrustPolicy trust(String subject, RoleSettings role) {
        boolean setsSourceIdentity = false;
        for (RoleSettings next = role; ; ) {
            setsSourceIdentity |= next.sourceIdentity() != null;
            if (!(next.source() instanceof SourceRef.Role before)) {
                break;
            }
            next = role(before.name());
        }
        return new TrustPolicy(
                principal(subject, role), role.externalId(), !role.sessionTags().isEmpty(), setsSourceIdentity);
    }

    private String principal(String subject, RoleSettings role) {
        if (role.source() instanceof SourceRef.Role before) {
            return role(before.name()).roleArn();
        }
        CallerIdentity identity = identity(role.source(), role.stsRegion(), role.stsEndpoint());
        if (identity instanceof CallerIdentity.Known known) {
            if (TrustPolicy.isSession(known.arn())) {
                note(subject + ": the principal of its trust policy is the role behind " + known.arn()
                        + "; if that role has a path, put it before the name");
            }
            return TrustPolicy.principalOf(known.arn());
        }
        note(subject + ": the principal of its trust policy has to be replaced, as nobody can tell it here: "
                + ((CallerIdentity.Unknown) identity).reason());
        return PLACEHOLDER;
    }

    private CallerIdentity identity(SourceRef source, String stsRegion, @Nullable URI stsEndpoint) {
        return identities.computeIfAbsent(source, s -> callers.of(keys.source(s), stsRegion, stsEndpoint));
    }

    private void addSources() {
        Map<SourceRef, PolicyUses> uses = new LinkedHashMap<>();
        Map<SourceRef, String> partitions = new HashMap<>();
        SessionPolicies.of(config.roles(), selected).uses().keySet().forEach(chain -> {
            RoleSettings first = role(chain.get(chain.size() - 1).role());
            partitions.putIfAbsent(first.source(), first.roleArn().split(":", -1)[1]);
            uses.merge(first.source(), new PolicyUses(List.of(), Set.of(first.roleArn())), PolicyDocuments::both);
        });
        selected.forEach((name, client) -> {
            if (client.role() == null) {
                partitions.putIfAbsent(client.source(), Regions.partition(client.region()));
                uses.merge(
                        client.source(),
                        PolicyUses.ofClients(List.of(ClientRules.of(client.models(), client.operations()))),
                        PolicyDocuments::both);
            }
        });
        uses.forEach((source, use) -> {
            CallerIdentity identity =
                    identity(source, config.sts().region(), config.sts().endpoint());
            documents.add(new PolicyDocument(
                    "source " + source,
                    identity instanceof CallerIdentity.Known known ? TrustPolicy.principalOf(known.arn()) : null,
                    PolicyDocument.Kind.PERMISSIONS,
                    "attach it to the role or user whose credentials these are",
                    IamPolicy.ofIdentity(Objects.requireNonNull(partitions.get(source), "partition"), use)
                            .pretty()));
        });
    }

    private void addSessions() {
        SessionPolicies policies = SessionPolicies.of(config.roles(), config.clients());
        policies.uses().forEach((chain, use) -> {
            Set<String> users = new LinkedHashSet<>(use.clients());
            users.addAll(use.ways());
            if (Collections.disjoint(users, selected.keySet())) {
                return;
            }
            RoleSession session = chain.get(0);
            RoleSettings role = role(session.role());
            String json = role.sessionPolicy() instanceof SessionPolicy.Generated
                    ? policies.generated(chain).pretty()
                    : policies.json(chain);
            if (json == null) {
                note("role " + session.role() + ": session-policy is none, so its sessions may do all that it may");
                return;
            }
            documents.add(new PolicyDocument(
                    "session " + session.name() + " of role " + session.role() + " for client "
                            + String.join(", ", users),
                    role.roleArn(),
                    PolicyDocument.Kind.SESSION,
                    "nothing to do: the proxy sends it when it assumes the role",
                    json));
        });
    }

    private void addNotesOnRules() {
        selected.forEach((name, client) -> {
            ClientRules rules = ClientRules.of(client.models(), client.operations());
            client.models().stream()
                    .filter(glob -> !glob.equals("*") && IamPolicy.allowsEveryModel(glob))
                    .forEach(glob -> note("client " + name + ": ARNs of any kind may fit " + glob
                            + " in its models, so the policies allow every model; the proxy does not"));
            if (rules.operations().contains("StartAsyncInvoke")) {
                note("client " + name + ": StartAsyncInvoke writes to S3 with the caller's permissions; allow"
                        + " s3:PutObject on your bucket besides");
            }
        });
    }

    private void note(String text) {
        if (!notes.contains(text)) {
            notes.add(text);
        }
    }
}
