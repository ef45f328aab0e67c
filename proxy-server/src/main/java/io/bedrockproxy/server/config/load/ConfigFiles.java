package io.bedrockproxy.server.config.load;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException.BugOrBroken;
import com.typesafe.config.ConfigException.Parse;
import com.typesafe.config.ConfigException.UnresolvedSubstitution;
import com.typesafe.config.ConfigException.WrongType;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigOrigin;
import com.typesafe.config.ConfigParseOptions;
import com.typesafe.config.ConfigResolveOptions;
import com.typesafe.config.ConfigSyntax;
import com.typesafe.config.ConfigValueFactory;
import io.bedrockproxy.server.config.hocon.Problem;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads HOCON texts and puts variables in. Neither system properties nor the real environment are looked at. */
final class ConfigFiles {
    private static final ConfigParseOptions OPTIONS =
            ConfigParseOptions.defaults().setAllowMissing(false).setSyntax(ConfigSyntax.CONF);

    /** A single character, or a word of the library's own. */
    private static final Pattern HARMLESS = Pattern.compile("'(.|end of file|newline)'");

    /** From the first quotation mark to the end, as a quoted value may hold any mark itself; and the library's advice. */
    private static final Pattern QUOTED = Pattern.compile(" \\(if .*|['\"].*");

    private ConfigFiles() {}

    /** The defaults, not yet resolved. */
    static Config reference() {
        InputStream resource = ConfigFiles.class.getResourceAsStream("/reference.conf");
        if (resource == null) {
            throw new IllegalStateException("reference.conf is missing in the jar");
        }
        try (InputStreamReader reader = new InputStreamReader(resource, StandardCharsets.UTF_8)) {
            return ConfigFactory.parseReader(reader, OPTIONS.setOriginDescription("reference.conf"));
        } catch (IOException e) {
            throw new IllegalStateException("reference.conf cannot be read", e);
        }
    }

    /** The operator's file, not yet resolved; nothing when there is none. What it includes is noted. */
    static Config read(@Nullable Path file, IncludedFiles included) throws ConfigException {
        if (file == null) {
            return ConfigFactory.empty();
        }
        if (!Files.isRegularFile(file) || !Files.isReadable(file)) {
            throw failure(file.toString(), "--config", wrongWith(file), "a file in HOCON or JSON");
        }
        try {
            return ConfigFactory.parseFile(file.toFile(), OPTIONS.prependIncluder(included));
        } catch (Parse e) {
            throw failure(
                    place(e, file.toString()), "syntax", text(e), "HOCON or JSON; texts in double quotes are safe");
        } catch (com.typesafe.config.ConfigException e) {
            throw failure(place(e, file.toString()), "--config", text(e), "a file in HOCON or JSON");
        }
    }

    /** Fills in {@code ${...}} from the keys themselves and from the variables given. */
    static Config resolve(Config config, Map<String, String> environment, String file) throws ConfigException {
        try {
            return config.withFallback(ConfigValueFactory.fromMap(environment, "environment"))
                    .resolve(ConfigResolveOptions.noSystem());
        } catch (UnresolvedSubstitution e) {
            throw failure(
                    place(e, file), "${...}", text(e), "the name of a key or of a variable that is set, or ${?...}");
        } catch (com.typesafe.config.ConfigException e) {
            throw failure(place(e, file), "${...}", text(e), "substitutions that can be worked out");
        }
    }

    /** What keeps a file from being read. */
    static String wrongWith(Path file) {
        if (!Files.exists(file)) {
            return "no such file";
        }
        return Files.isRegularFile(file) ? "cannot be read" : "not a file";
    }

    private static String place(com.typesafe.config.ConfigException e, String file) {
        ConfigOrigin origin = e.origin();
        return origin == null || origin.lineNumber() < 1 ? file : file + ": line " + origin.lineNumber();
    }

    /**
     * What the library says of names. What it quotes, and what it says of values, may be a secret: of a password that
     * somebody forgot to put in quotes, or of a variable's value.
     */
    private static String text(com.typesafe.config.ConfigException e) {
        if (e instanceof WrongType || e instanceof BugOrBroken) {
            return "texts, lists and objects that do not go together";
        }
        String text = String.valueOf(e.getMessage()).lines().findFirst().orElse("cannot be read");
        // The library puts the place in front, which our message has already.
        String place = e.origin() == null ? "" : e.origin().description() + ": ";
        String told = text.startsWith(place) ? text.substring(place.length()) : text;
        if (e instanceof UnresolvedSubstitution) {
            return told;
        }
        return QUOTED.matcher(HARMLESS.matcher(told).replaceAll("$1")).replaceFirst("...");
    }

    private static ConfigException failure(String file, String key, String wrong, String expected) {
        return new ConfigException(List.of(new Problem(file, key, wrong, expected)));
    }
}
