package io.bedrockproxy.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A page that promises a test which was renamed or never written is worse than none. */
class SecurityModelTest {
    private static final Path ROOT = Path.of("..");
    private static final Path PAGE = ROOT.resolve("docs/SECURITY-MODEL.md");
    private static final Pattern TEST_CLASS = Pattern.compile("`([A-Z]\\w*(?:Test|IT))`");
    private static final Pattern ROW = Pattern.compile("(?m)^\\| (\\d+) \\|.*$");
    private static final List<String> MODULES = List.of("proxy-core", "proxy-emulator", "proxy-server");

    private static Set<String> testsInTheTree() throws IOException {
        Set<String> names = new TreeSet<>();
        for (String module : MODULES) {
            try (Stream<Path> files = Files.walk(ROOT.resolve(module).resolve("src/test/java"))) {
                files.map(file -> file.getFileName().toString())
                        .filter(name -> name.endsWith(".java"))
                        .forEach(name -> names.add(name.substring(0, name.length() - ".java".length())));
            }
        }
        return names;
    }

    private static Set<String> testsIn(String text) {
        return TEST_CLASS
                .matcher(text)
                .results()
                .map(found -> found.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    @Test
    void everyTestThatThePageNamesExists() throws IOException {
        assertThat(testsIn(Files.readString(PAGE))).isNotEmpty().isSubsetOf(testsInTheTree());
    }

    @Test
    void everyThreatHasADefenceAndATest() throws IOException {
        List<MatchResult> rows = ROW.matcher(Files.readString(PAGE)).results().toList();
        assertThat(rows)
                .extracting(row -> Integer.parseInt(row.group(1)))
                .containsExactlyElementsOf(IntStream.rangeClosed(1, 19).boxed().toList());
        assertThat(rows).allSatisfy(row -> assertThat(testsIn(row.group())).isNotEmpty());
    }
}
