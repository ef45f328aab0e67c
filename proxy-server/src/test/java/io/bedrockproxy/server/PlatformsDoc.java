package io.bedrockproxy.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The configurations of docs/PLATFORMS.md, so that what the page tells people to type is what is tested. */
final class PlatformsDoc {
    private static final Path PAGE = Path.of("../docs/PLATFORMS.md");
    private static final Pattern BLOCK = Pattern.compile("```hocon\nbedrock-proxy \\{\n(.*?)}\n```\n", Pattern.DOTALL);

    private PlatformsDoc() {}

    /**
     * A configuration, without its root, and with the secret of its client and no session policy: the emulated roles have
     * policies of their own.
     *
     * @param platform the heading of its section
     * @param number which one of the section, from 1
     * @param name of its client, and of its role if it has one
     */
    static String configuration(String platform, int number, String name, String secret) {
        String block = blocks(platform).get(number - 1);
        String role = block.contains("roles." + name)
                ? "roles." + name + " { source = emulator, session-policy = none }\n"
                : "";
        return block + role + "clients." + name + ".secrets = [ { sha256 = " + LocalProxy.sha256(secret) + " } ]\n";
    }

    private static List<String> blocks(String platform) {
        String page;
        try {
            page = Files.readString(PAGE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        int begin = page.indexOf("\n## " + platform + '\n');
        int end = page.indexOf("\n## ", begin + 1);
        Matcher block = BLOCK.matcher(page.substring(begin, end < 0 ? page.length() : end));
        List<String> found = new ArrayList<>();
        while (block.find()) {
            found.add(block.group(1));
        }
        return found;
    }
}
