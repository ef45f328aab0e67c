package io.bedrockproxy.server.command;

import io.bedrockproxy.server.RunContext;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;

/** The program's entry: takes the outside world in its hands once and gives it to the commands. */
public final class Main {
    private Main() {}

    /** Runs one command and exits: 0 fine, 2 usage or configuration error, 1 anything else. */
    @SuppressForbidden
    public static void main(String[] args) {
        // Netty would look for a network card to number channels by, and warn in a namespace that has none.
        if (System.getProperty("io.netty.machineId") == null) {
            System.setProperty("io.netty.machineId", "02:00:00:00:00:00");
        }
        CommandContext context =
                new CommandContext(System.getenv(), new RunContext(InstantSource.system(), System::nanoTime));
        PrintWriter out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
        PrintWriter err = new PrintWriter(System.err, true, StandardCharsets.UTF_8);
        int exitCode = Commands.run(context, out, err, args);
        LogSetup.stop();
        System.exit(exitCode);
    }
}
