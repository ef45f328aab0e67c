package io.bedrockproxy.server.config.load;

import io.bedrockproxy.server.config.hocon.Problem;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** The configuration cannot be used. The message has one line for each problem, for standard error as it is. */
public final class ConfigException extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient List<Problem> problems;
    private final transient Set<Path> files;

    /**
     * @param problems at least one
     */
    public ConfigException(List<Problem> problems) {
        this(problems, Set.of());
    }

    /**
     * @param problems at least one
     * @param files what was read, or should have been: a change of one may mend it
     */
    ConfigException(List<Problem> problems, Set<Path> files) {
        super(problems.stream().map(Problem::toString).collect(Collectors.joining(System.lineSeparator())));
        this.problems = List.copyOf(problems);
        this.files = Set.copyOf(files);
    }

    /** What is wrong, in the order of the file. */
    public List<Problem> problems() {
        return problems;
    }

    /** What was read until then, or should have been. */
    public Set<Path> files() {
        return files;
    }
}
