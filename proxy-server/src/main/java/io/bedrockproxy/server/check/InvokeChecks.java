package io.bedrockproxy.server.check;

import io.bedrockproxy.core.credentials.CredentialsKey;
import io.bedrockproxy.core.credentials.SessionCredentials;
import io.bedrockproxy.core.endpoint.Endpoint;
import io.bedrockproxy.core.http.PercentEncoding;
import io.bedrockproxy.core.route.Operation;
import io.bedrockproxy.core.route.Route;
import io.bedrockproxy.core.route.RouteConfig;
import io.bedrockproxy.core.route.RouteResult;
import io.bedrockproxy.core.route.Router;
import io.bedrockproxy.core.route.Upstream;
import io.bedrockproxy.core.rule.ModelRules;
import io.bedrockproxy.core.rule.OperationRules;
import io.bedrockproxy.server.Clients;
import io.bedrockproxy.server.config.ClientSettings;
import io.bedrockproxy.server.config.ProxyConfig;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Sends one tiny request to a model for each client whose rules allow it, signed with the client's credentials. */
final class InvokeChecks {
    /** What Bedrock says about models that do not converse. */
    private static final String NO_CONVERSATION = "support the model";

    private final ProxyConfig config;
    private final Clients clients;
    private final SignedCaller caller;
    private final String model;
    private final Router router = new Router(new RouteConfig(List.of()));

    InvokeChecks(ProxyConfig config, Clients clients, SignedCaller caller, String model) {
        this.config = config;
        this.clients = clients;
        this.caller = caller;
        this.model = model;
    }

    /** One line for each client, in their order. */
    List<CheckResult> look(
            Map<String, CredentialsKey> keys,
            Function<CredentialsKey, @Nullable SessionCredentials> credentials,
            Tasks tasks,
            CheckTimeouts timeouts) {
        List<String> names = List.copyOf(config.clients().keySet());
        // Converse and then InvokeModel, each with a connection of its own.
        List<CheckResult> results = new ArrayList<>(tasks.all(
                names,
                timeouts.connect().plus(timeouts.invoke()).multipliedBy(2),
                name -> look(name, credentials.apply(Objects.requireNonNull(keys.get(name), "key"))),
                name -> CheckResult.failed(title(name), "no answer in time", "try again, or another model")));
        if (results.stream().allMatch(result -> result.state() == CheckState.SKIPPED)) {
            results.add(CheckResult.failed(
                    "invoke",
                    model + " was not invoked for any client",
                    "see the lines of the clients above: credentials, clients.NAME.models, clients.NAME.operations"));
        }
        return results;
    }

    private CheckResult look(String client, @Nullable SessionCredentials credentials) {
        ClientSettings settings = Objects.requireNonNull(config.clients().get(client), "client");
        if (credentials == null) {
            return CheckResult.skipped(title(client), "it has no credentials");
        }
        if (!new ModelRules(settings.models()).allows(model)) {
            return CheckResult.skipped(title(client), "clients." + client + ".models does not allow " + model);
        }
        List<TinyRequest> requests = List.of(TinyRequest.converse(), TinyRequest.invoke(model));
        OperationRules rules = new OperationRules(settings.operations());
        CheckResult result = CheckResult.skipped(
                title(client), "clients." + client + ".operations allows neither Converse nor InvokeModel");
        for (TinyRequest request : requests) {
            RouteResult routed = router.route("POST", "/model/" + PercentEncoding.encode(model) + request.pathEnd());
            if (routed instanceof RouteResult.Refused refused) {
                return CheckResult.failed(title(client), refused.failure().message(), "correct the model id: " + model);
            }
            Route route = ((RouteResult.Matched) routed).route();
            Operation operation = route.operation();
            if (rules.allows(operation.name(), operation.group())) {
                result = send(client, route, request, credentials);
                if (!result.detail().contains(NO_CONVERSATION)) {
                    return result;
                }
            }
        }
        return result;
    }

    private CheckResult send(String client, Route route, TinyRequest request, SessionCredentials credentials) {
        Endpoint endpoint = clients.endpoint(client, Upstream.RUNTIME);
        CallResult answer = caller.call(endpoint, route, request.bytes(), credentials);
        if (answer instanceof CallResult.Unreached unreached) {
            return CheckResult.failed(
                    title(client),
                    unreached.detail(),
                    "see the line bedrock-runtime " + endpoint.signingRegion() + ", or try again");
        }
        CallResult.Answered answered = (CallResult.Answered) answer;
        String what = request.operation() + " of " + model;
        if (AwsError.isGood(answered)) {
            return CheckResult.ok(title(client), what + " is answered, signed with key " + credentials.accessKeyId());
        }
        AwsError error = AwsError.of(answered, credentials);
        String detail = what + ": AWS says " + error.name() + ": " + error.message();
        String advice = InvokeAdvice.of(
                error.name(), error.message(), new InvokeAdvice.Facts(client, model, endpoint.signingRegion()));
        return InvokeAdvice.isBusy(error.name())
                ? CheckResult.warning(title(client), detail, advice)
                : CheckResult.failed(title(client), detail, advice);
    }

    private static String title(String client) {
        return "invoke " + client;
    }
}
