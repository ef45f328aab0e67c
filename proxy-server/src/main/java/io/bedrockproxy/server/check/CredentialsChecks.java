package io.bedrockproxy.server.check;

import io.bedrockproxy.core.credentials.CredentialsKey;
import io.bedrockproxy.core.credentials.CredentialsProbe;
import io.bedrockproxy.core.credentials.ProbeAnswer;
import io.bedrockproxy.core.credentials.SessionCredentials;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Looks whether each source gives credentials that AWS takes, and whether each role lets itself be assumed: once, those
 * that others are chained from first. Keeps the credentials for the checks after it.
 */
final class CredentialsChecks {
    private static final CheckResult NONE = CheckResult.skipped("", "");

    private final CredentialsProbe probe;
    private final UsedCredentials used;
    private final Tasks tasks;
    private final Duration limit;
    private final Map<CredentialsKey, Held> held = new HashMap<>();

    CredentialsChecks(CredentialsProbe probe, UsedCredentials used, Tasks tasks, Duration limit) {
        this.probe = probe;
        this.used = used;
        this.tasks = tasks;
        this.limit = limit;
    }

    /**
     * What a check found.
     *
     * @param result the line
     * @param credentials null: none that can be used
     * @param arn whose they are; null when that could not be told
     */
    private record Held(
            CheckResult result,
            @Nullable SessionCredentials credentials,
            @Nullable String arn) {
        /** Nothing of the credentials. */
        @Override
        public String toString() {
            return "Held[" + result + ']';
        }
    }

    /** One line for each source, in their order. */
    List<CheckResult> sources() {
        List<Held> answers = tasks.all(
                used.sources(),
                limit,
                this::source,
                source -> refused(source, "timeout", "no credentials within " + limit.toSeconds() + " s"));
        for (int i = 0; i < answers.size(); i++) {
            held.put(CredentialsKey.direct(used.sources().get(i).config()), answers.get(i));
        }
        return answers.stream().map(Held::result).toList();
    }

    /** One line for each role, in their order; after the sources. */
    List<CheckResult> roles() {
        int deepest = used.roles().stream().mapToInt(UsedRole::depth).max().orElse(-1);
        for (int depth = 0; depth <= deepest; depth++) {
            List<UsedRole> level = used.rolesAt(depth);
            List<Held> answers = tasks.all(
                    level,
                    limit,
                    this::role,
                    role -> refused(role, null, "timeout", "no answer within " + limit.toSeconds() + " s"));
            for (int i = 0; i < answers.size(); i++) {
                held.put(level.get(i).key(), answers.get(i));
            }
        }
        List<CheckResult> results = new ArrayList<>();
        used.roles().forEach(role -> results.add(heldBy(role.key()).result()));
        return results;
    }

    /** What the checks before have got; null: nothing. */
    @Nullable
    SessionCredentials credentials(CredentialsKey key) {
        return heldBy(key).credentials();
    }

    private Held heldBy(CredentialsKey key) {
        return held.getOrDefault(key, new Held(NONE, null, null));
    }

    private Held source(UsedSource source) {
        ProbeAnswer<SessionCredentials> answer = probe.source(source.config());
        if (answer instanceof ProbeAnswer.Refused<SessionCredentials> refused) {
            return refused(source, refused.code(), refused.message());
        }
        SessionCredentials found = ((ProbeAnswer.Found<SessionCredentials>) answer).value();
        ProbeAnswer<String> caller = probe.caller(found, source.stsRegion(), source.stsEndpoint());
        if (caller instanceof ProbeAnswer.Found<String> known) {
            return new Held(
                    CheckResult.ok(title(source), known.value() + " by key " + found.accessKeyId()),
                    found,
                    known.value());
        }
        ProbeAnswer.Refused<String> unknown = (ProbeAnswer.Refused<String>) caller;
        if (SourceAdvice.isRefusal(unknown.code())) {
            return refused(source, unknown.code(), "AWS refuses key " + found.accessKeyId() + ": " + unknown.message());
        }
        return new Held(
                CheckResult.warning(
                        title(source),
                        "key " + found.accessKeyId() + " is there, and STS cannot tell whose it is: " + unknown.code()
                                + ": " + unknown.message(),
                        SourceAdvice.of(unknown.code(), unknown.message(), source)),
                found,
                null);
    }

    private static Held refused(UsedSource source, String code, String message) {
        return new Held(
                CheckResult.failed(title(source), code + ": " + message, SourceAdvice.of(code, message, source)),
                null,
                null);
    }

    private static String title(UsedSource source) {
        return "source " + source.name();
    }

    private Held role(UsedRole role) {
        UsedRole before = role.before();
        Held caller = heldBy(before == null ? CredentialsKey.direct(role.key().source()) : before.key());
        SessionCredentials with = caller.credentials();
        if (with == null) {
            String what = before == null ? "its source " + role.settings().source() : before.title();
            return new Held(CheckResult.skipped(role.title(), what + " gave no credentials"), null, null);
        }
        ProbeAnswer<SessionCredentials> answer = probe.role(role.role(), with);
        if (answer instanceof ProbeAnswer.Refused<SessionCredentials> refused) {
            return refused(role, caller.arn(), refused.code(), refused.message());
        }
        SessionCredentials session = ((ProbeAnswer.Found<SessionCredentials>) answer).value();
        ProbeAnswer<String> identity = probe.caller(
                session, role.settings().stsRegion(), role.settings().stsEndpoint());
        String arn = identity instanceof ProbeAnswer.Found<String> known ? known.value() : null;
        return new Held(assumed(role, caller.arn(), session, arn), session, arn);
    }

    private static Held refused(UsedRole role, @Nullable String caller, String code, String message) {
        return new Held(
                CheckResult.failed(
                        role.title(),
                        "STS says " + code + ": " + message,
                        RoleAdvice.of(code, message, new RoleFacts(role, caller))),
                null,
                null);
    }

    private static CheckResult assumed(
            UsedRole role, @Nullable String caller, SessionCredentials session, @Nullable String arn) {
        String detail = (arn == null ? role.role().roleArn() + ", assumed" : arn) + ", until " + session.expiration();
        boolean isOfAnother = caller != null
                && !Principals.account(caller)
                        .equals(Principals.account(role.role().roleArn()));
        return isOfAnother && role.role().externalId() == null
                ? CheckResult.warning(
                        role.title(),
                        detail + "; a role of another account without an external ID",
                        "agree on an external ID, or anyone whom the role trusts could be tricked into using it (the"
                                + " confused deputy problem): roles." + role.name() + ".external-id")
                : CheckResult.ok(role.title(), detail);
    }
}
