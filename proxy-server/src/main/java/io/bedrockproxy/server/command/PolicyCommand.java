package io.bedrockproxy.server.command;

import io.bedrockproxy.core.credentials.CallerIdentities;
import io.bedrockproxy.server.Clients;
import io.bedrockproxy.server.PolicyDocument;
import io.bedrockproxy.server.PolicyDocuments;
import io.bedrockproxy.server.config.ProxyConfig;
import io.bedrockproxy.server.config.hocon.NearestKey;
import io.bedrockproxy.server.config.hocon.Problem;
import io.bedrockproxy.server.config.load.ConfigException;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code policy}: prints the IAM policies that the configuration needs. */
@Command(
        name = "policy",
        mixinStandardHelpOptions = true,
        description = {
            "Prints the permissions and trust policies that the configuration needs, and its session policies.",
            "Each document stands under a line that begins with # and says where it goes; notes go to standard error.",
            "Asks STS whose the source credentials are, which takes 10 s at most for each source."
        })
final class PolicyCommand implements Callable<Integer> {
    private final CommandContext context;

    @Mixin
    private ConfigOption option = new ConfigOption();

    @Option(names = "--client", paramLabel = "NAME", description = "Only what this client needs.")
    private @Nullable String client;

    @Option(names = "--json", description = "One JSON object with all documents and notes.")
    private boolean json;

    @Spec
    @SuppressWarnings("NullAway.Init") // Filled in by picocli before the call.
    private CommandSpec spec;

    PolicyCommand(CommandContext context) {
        this.context = context;
    }

    @Override
    public Integer call() throws ConfigException {
        ProxyConfig config =
                context.loader().load(option.file(), context.environment()).config();
        if (client != null && !config.clients().containsKey(client)) {
            String file = option.file() == null ? "environment" : option.file().toString();
            throw new ConfigException(List.of(new Problem(
                    file,
                    "--client",
                    "nobody defines \"" + client + "\"",
                    NearestKey.to(client, config.clients().keySet()))));
        }
        PolicyDocuments policies;
        try (CallerIdentities callers = CallerIdentities.create(
                Clients.credentialsConfig(config), context.run().clock())) {
            policies = PolicyDocuments.of(config, client, callers::of);
        }
        PrintWriter out = spec.commandLine().getOut();
        PrintWriter err = spec.commandLine().getErr();
        if (json) {
            out.println(PolicyReport.json(policies));
        } else {
            policies.documents().forEach(document -> print(document, out));
            policies.notes().forEach(note -> err.println("note: " + note));
        }
        out.flush();
        err.flush();
        return 0;
    }

    private static void print(PolicyDocument document, PrintWriter out) {
        out.println("# " + document.heading());
        out.println(document.json());
        out.println();
    }
}
