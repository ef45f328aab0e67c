package io.bedrockproxy.server.config.load;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Turns reference.conf, which is written in a few simple forms, into Markdown. */
final class ConfigurationDoc {
    private static final Pattern OPEN = Pattern.compile("([A-Za-z-]+) \\{");
    private static final Pattern VALUE = Pattern.compile("([a-z0-9-]+) ?(?:= (.+)|(\\{}))");

    private final StringBuilder markdown = new StringBuilder("""
            # Configuration

            <!-- Made from proxy-server/src/main/resources/reference.conf: edit that, then run
                 mvn -pl proxy-server -am test -Dtest=ConfigurationDocTest -Dsurefire.failIfNoSpecifiedTests=false -Dgenerate.docs=true -->

            """);

    private final List<String> path = new ArrayList<>();
    private final List<String> comment = new ArrayList<>();
    private final List<String> undocumented = new ArrayList<>();
    private String lastKey = "";

    private ConfigurationDoc() {}

    static String markdown(List<String> reference) {
        return read(reference).markdown.toString().stripTrailing() + "\n";
    }

    static List<String> undocumentedKeys(List<String> reference) {
        return read(reference).undocumented;
    }

    private static ConfigurationDoc read(List<String> reference) {
        ConfigurationDoc doc = new ConfigurationDoc();
        reference.forEach(line -> doc.line(line.strip()));
        return doc;
    }

    private void line(String line) {
        Matcher open = OPEN.matcher(line);
        Matcher value = VALUE.matcher(line);
        if (line.startsWith("#")) {
            comment.add(line.substring(1));
        } else if (line.equals("}")) {
            path.remove(path.size() - 1);
        } else if (value.matches()) {
            value(value.group(1), value.group(2) == null ? value.group(3) : value.group(2));
        } else if (open.matches()) {
            open(open.group(1));
        } else if (!line.isEmpty()) {
            throw new IllegalArgumentException("reference.conf: \"" + line + "\" (expected: one key on a line)");
        }
    }

    private void open(String name) {
        path.add(name);
        if (path.size() == 1) {
            text();
        } else if (!name.equals("NAME")) {
            markdown.append("## ").append(String.join(".", path)).append("\n\n");
            documented(String.join(".", path));
            text();
        }
    }

    private void value(String key, String value) {
        String full = String.join(".", path) + "." + key;
        if (full.equals(lastKey)) {
            // A second value of a key is an optional variable, which replaces the first.
            markdown.append("Or `").append(value).append("`, where it is set.\n\n");
            return;
        }
        lastKey = full;
        documented(full);
        markdown.append("### `")
                .append(full)
                .append("`\n\nDefault: `")
                .append(value)
                .append("`\n\n");
        text();
    }

    private void documented(String key) {
        if (comment.isEmpty()) {
            undocumented.add(key);
        }
    }

    /** The comment so far: paragraphs, and blocks of code that are set in by more than one space. */
    private void text() {
        boolean code = false;
        for (String line : comment) {
            boolean isCode = line.startsWith("   ");
            if (isCode != code) {
                markdown.append(isCode ? "```hocon\n" : "```\n");
            }
            code = isCode;
            markdown.append(isCode ? line.substring(3) : escaped(line.strip())).append('\n');
        }
        comment.clear();
        markdown.append('\n');
    }

    /** An asterisk outside code would be emphasis. */
    private static String escaped(String text) {
        StringBuilder escaped = new StringBuilder();
        boolean code = false;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            code ^= c == '`';
            escaped.append(c == '*' && !code ? "\\*" : String.valueOf(c));
        }
        return escaped.toString();
    }
}
