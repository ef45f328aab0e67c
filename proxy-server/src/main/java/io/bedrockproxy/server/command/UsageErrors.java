package io.bedrockproxy.server.command;

import java.io.PrintWriter;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/**
 * Answers a command line that cannot be understood. Unlike picocli's own answer, it does not repeat arguments that nobody
 * asked for: somebody may have tried to give a secret, and standard error is often kept.
 */
final class UsageErrors {
    private UsageErrors() {}

    /** Prints what is wrong and a hint or the usage; returns the exit code. */
    static int tell(ParameterException wrong) {
        CommandLine command = wrong.getCommandLine();
        PrintWriter err = command.getErr();
        err.println(
                wrong instanceof UnmatchedArgumentException unmatched
                        ? message(unmatched.getUnmatched())
                        : wrong.getMessage());
        if (!UnmatchedArgumentException.printSuggestions(wrong, err)) {
            command.usage(err);
        }
        err.flush();
        return CommandLine.ExitCode.USAGE;
    }

    private static String message(List<String> unmatched) {
        List<String> options = unmatched.stream()
                .filter(argument -> argument.startsWith("-"))
                .map(UsageErrors::name)
                .toList();
        return options.isEmpty()
                ? "Arguments that this command does not take: " + unmatched.size()
                : "Unknown option: " + String.join(", ", options);
    }

    /** {@code --name} of {@code --name=value}, {@code -n} of {@code -nvalue}. */
    private static String name(String option) {
        if (!option.startsWith("--")) {
            return option.substring(0, Math.min(2, option.length()));
        }
        int end = option.indexOf('=');
        return end < 0 ? option : option.substring(0, end);
    }
}
