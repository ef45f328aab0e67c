package io.bedrockproxy.server.command;

import io.bedrockproxy.server.config.AdminConfig;
import io.bedrockproxy.server.config.hocon.Problem;
import io.bedrockproxy.server.config.load.ConfigException;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.Proxy;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code healthcheck}: asks a running proxy whether it is ready, for images without a shell. */
@Command(
        name = "healthcheck",
        mixinStandardHelpOptions = true,
        description = "Exits 0 if the proxy is ready, 1 if it is not. Asks /readyz of the configured admin listener.")
final class HealthcheckCommand implements Callable<Integer> {
    private static final int CONNECT_MILLIS = 1_000;
    /** Supervisors' own limits begin at 2 s; an answer of /readyz needs no I/O. */
    private static final int READ_MILLIS = 2_000;

    private final CommandContext context;

    @Mixin
    private ConfigOption config = new ConfigOption();

    @Parameters(arity = "0..1", paramLabel = "URL", description = "What to ask instead.")
    private @Nullable URI url;

    @Spec
    @SuppressWarnings("NullAway.Init") // Filled in by picocli before the call.
    private CommandSpec spec;

    HealthcheckCommand(CommandContext context) {
        this.context = context;
    }

    @Override
    public Integer call() throws ConfigException {
        URI asked = url == null ? configured() : url;
        if ((!"http".equals(asked.getScheme()) && !"https".equals(asked.getScheme())) || asked.getHost() == null) {
            throw failure("URL", "\"" + asked + "\"", "http://host:port/path");
        }
        PrintWriter err = spec.commandLine().getErr();
        try {
            int status = status(asked);
            if (status == HttpURLConnection.HTTP_OK) {
                return 0;
            }
            err.println(asked + " answers " + status);
        } catch (IOException e) {
            err.println(asked + " does not answer: " + e.getMessage());
        }
        err.flush();
        return 1;
    }

    private static int status(URI asked) throws IOException {
        HttpURLConnection connection = (HttpURLConnection) asked.toURL().openConnection(Proxy.NO_PROXY);
        connection.setConnectTimeout(CONNECT_MILLIS);
        connection.setReadTimeout(READ_MILLIS);
        connection.setInstanceFollowRedirects(false);
        try {
            return connection.getResponseCode();
        } finally {
            connection.disconnect();
        }
    }

    private URI configured() throws ConfigException {
        AdminConfig admin = context.loader().loadAdmin(config.file(), context.environment());
        if (admin.port() == 0) {
            throw failure("bedrock-proxy.admin.port", "0, any free one", "a fixed port, or the URL as an argument");
        }
        return URI.create("http://" + reachable(admin.host()) + ":" + admin.port() + "/readyz");
    }

    /** A wildcard is an address to bind, not one to connect to. */
    private static String reachable(String host) {
        try {
            InetAddress address = InetAddress.getByName(host);
            if (address.isAnyLocalAddress()) {
                return address.getAddress().length == 4 ? "127.0.0.1" : "[::1]";
            }
        } catch (UnknownHostException e) {
            return host;
        }
        return host.contains(":") ? "[" + host + "]" : host;
    }

    private static ConfigException failure(String key, String wrong, String expected) {
        return new ConfigException(List.of(new Problem("healthcheck", key, wrong, expected)));
    }
}
