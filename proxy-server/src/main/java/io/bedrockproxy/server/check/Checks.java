package io.bedrockproxy.server.check;

import io.bedrockproxy.core.credentials.CredentialsProbe;
import io.bedrockproxy.server.Clients;
import io.bedrockproxy.server.Preflight;
import io.bedrockproxy.server.StartupException;
import io.bedrockproxy.server.check.EndpointChecks.Seen;
import io.bedrockproxy.server.config.ProxyConfig;
import java.util.ArrayList;
import java.util.List;

/**
 * All checks, in the order in which one explains the next: configuration, endpoints, clock, sources, roles, and a request.
 * Nothing is bound, so that the proxy may be running beside it.
 */
public final class Checks {
    private Checks() {}

    /**
     * Looks. Blocks, no check longer than its timeouts.
     *
     * @throws StartupException when the proxy could not start with this configuration
     */
    public static CheckReport run(CheckInput input) throws StartupException {
        ProxyConfig config = input.config();
        Preflight.check(config, input.run());
        Clients clients = new Clients(config);
        UsedCredentials used = UsedCredentials.of(config, clients);
        List<CheckResult> results = new ArrayList<>(configuration(input));
        EndpointCaller caller = new EndpointCaller(
                input.resolver(), input.timeouts().connect(), input.run().clock());
        try (Tasks tasks = new Tasks(input.run().nanos());
                CredentialsProbe probe = CredentialsProbe.create(
                        Clients.credentialsConfig(config),
                        input.run().clock(),
                        input.timeouts().stsCall())) {
            results.addAll(endpoints(input, new UsedEndpoints(config, clients), used, caller, tasks));
            CredentialsChecks credentials =
                    new CredentialsChecks(probe, used, tasks, input.timeouts().credentials());
            results.addAll(credentials.sources());
            results.addAll(credentials.roles());
            String model = input.model();
            if (model != null) {
                SignedCaller signed = new SignedCaller(
                        caller,
                        config.bedrock().trustedCertificates(),
                        input.timeouts().invoke(),
                        input.run().clock());
                results.addAll(new InvokeChecks(config, clients, signed, model)
                        .look(used.ofClients(), credentials::credentials, tasks, input.timeouts()));
            }
        }
        return new CheckReport(results);
    }

    private static List<CheckResult> configuration(CheckInput input) {
        ProxyConfig config = input.config();
        List<CheckResult> results = new ArrayList<>();
        results.add(CheckResult.ok(
                "configuration",
                input.file() + ", clients: " + config.clients().size() + ", roles: "
                        + config.roles().size()));
        for (String warning : input.loaded().warnings()) {
            results.add(CheckResult.warning("configuration", warning, ""));
        }
        return results;
    }

    private static List<CheckResult> endpoints(
            CheckInput input, UsedEndpoints endpoints, UsedCredentials used, EndpointCaller caller, Tasks tasks) {
        List<UsedEndpoint> all = new ArrayList<>(endpoints.sts(used));
        all.addAll(endpoints.bedrock());
        List<Seen> seen = new EndpointChecks(caller, input.timeouts(), input.environment()).look(all, tasks);
        List<CheckResult> results =
                new ArrayList<>(seen.stream().map(Seen::result).toList());
        results.add(ClockCheck.of(seen.stream().map(Seen::ahead).toList()));
        return results;
    }
}
