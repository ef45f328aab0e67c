package io.bedrockproxy.server.config.load;

import io.bedrockproxy.server.config.hocon.Problem;
import java.util.List;
import java.util.stream.Collectors;

/** The configuration cannot be used. The message has one line for each problem, for standard error as it is. */
public final class ConfigException extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient List<Problem> problems;

    /**
     * @param problems at least one
     */
    public ConfigException(List<Problem> problems) {
        super(problems.stream().map(Problem::toString).collect(Collectors.joining(System.lineSeparator())));
        this.problems = List.copyOf(problems);
    }

    /** What is wrong, in the order of the file. */
    public List<Problem> problems() {
        return problems;
    }
}
