package io.bedrockproxy.server.config.hocon;

import com.typesafe.config.ConfigList;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigValue;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * One object of the configuration, read strictly. A value of the wrong kind is noted and replaced by something harmless,
 * so that reading goes on to the next problem; whoever reads must look at {@link Problems#found()} in the end.
 *
 * <p>Which keys exist is taken from {@code reference.conf}, the one place that lists them.
 */
public final class Section {
    /** The placeholder of {@code reference.conf} under which the keys of every named entry stand. */
    public static final String TEMPLATE = "NAME";

    private final String path;
    private final ConfigObject values;
    private final ConfigObject known;
    private final Problems problems;

    /**
     * @param path the full key of this object
     * @param values what is set, defaults included
     * @param known the same object of {@code reference.conf}
     * @param problems takes what is wrong
     */
    public Section(String path, ConfigObject values, ConfigObject known, Problems problems) {
        this.path = path;
        this.values = values;
        this.known = known;
        this.problems = problems;
        for (String key : new TreeSet<>(values.keySet())) {
            if (!known.containsKey(key)) {
                problems.add(Values.origin(values, key), keyOf(key), "unknown key", NearestKey.to(key, known.keySet()));
            }
        }
    }

    /** The full key, as messages show it. */
    public String keyOf(String key) {
        return path.isEmpty() ? key : path + "." + key;
    }

    /** Notes that the value of a key cannot be used. */
    public void problem(String key, String wrong, String expected) {
        problems.add(Values.origin(values, key), keyOf(key), wrong, expected);
    }

    /** Notes that these keys cannot be used together. */
    public void problem(String wrong, String expected) {
        problems.add(values.origin(), path, wrong, expected);
    }

    /** Notes that the value of a key is doubtful. */
    public void warn(String key, String message) {
        problems.warn(keyOf(key), message);
    }

    /** Notes that the configuration depends on a file, whether or not it is there. */
    public void dependsOn(Path file) {
        problems.dependsOn(file);
    }

    /** Whether there is a value other than null. */
    public boolean isSet(String key) {
        return Values.of(values, key) != null;
    }

    /** The object under a key of {@code reference.conf}. */
    public Section section(String key) {
        return new Section(keyOf(key), objectOf(values, key), objectOf(known, key), problems);
    }

    /** The object under a key of one of the objects of a list. */
    public Section section(String key, ConfigObject keys) {
        return new Section(keyOf(key), objectOf(values, key), keys, problems);
    }

    /** Whether the list under a key has elements. */
    public boolean hasElements(String key) {
        return Values.of(values, key) instanceof ConfigList list && !list.isEmpty();
    }

    /** The entries under a key whose names the operator chose, with their defaults. */
    public Map<String, Section> named(String key) {
        ConfigObject template = objectOf(objectOf(known, key), TEMPLATE);
        ConfigObject entries = objectOf(values, key);
        Map<String, Section> named = new LinkedHashMap<>();
        for (String name : new TreeSet<>(entries.keySet())) {
            if (!name.matches("[A-Za-z0-9][A-Za-z0-9_-]{0,63}")) {
                problems.add(
                        entries.origin(),
                        keyOf(key),
                        "the name \"" + name + "\"",
                        "at most 64 letters, digits, - and _, a letter or digit first");
            } else if (Values.of(entries, name) instanceof ConfigObject entry) {
                String entryPath = keyOf(key) + "." + name;
                named.put(name, new Section(entryPath, entry.withFallback(template), template, problems));
            } else if (Values.of(entries, name) != null) {
                problem(key, "\"" + name + "\" is no object", name + " { ... }");
            }
        }
        return named;
    }

    /** The objects of a list, each with all the keys it may have. */
    public List<Section> sections(String key, ConfigObject keysOfEach) {
        List<Section> sections = new ArrayList<>();
        for (ConfigValue element : elements(key)) {
            String elementPath = keyOf(key) + "[" + sections.size() + "]";
            if (element instanceof ConfigObject object) {
                sections.add(new Section(elementPath, object, keysOfEach, problems));
            } else {
                problems.add(element.origin(), elementPath, Values.kind(element), "an object");
            }
        }
        return sections;
    }

    /** A text that must be there; empty after a problem. */
    public String text(String key) {
        String text = optionalText(key);
        if (text == null && !isSet(key)) {
            problem(key, "not set", "a text");
        }
        return text == null ? "" : text;
    }

    /** A text, or null when nothing is set. */
    public @Nullable String optionalText(String key) {
        ConfigValue value = Values.of(values, key);
        if (value == null || Values.isScalar(value)) {
            return value == null ? null : String.valueOf(value.unwrapped());
        }
        problem(key, Values.kind(value), "a text");
        return null;
    }

    /** Texts in their order. */
    public List<String> texts(String key) {
        List<String> texts = new ArrayList<>();
        for (ConfigValue element : elements(key)) {
            if (Values.isScalar(element)) {
                texts.add(String.valueOf(element.unwrapped()));
            } else {
                problem(key, Values.kind(element) + " in the list", "a list of texts");
            }
        }
        return texts;
    }

    /** Texts under keys that the operator chose. */
    public Map<String, String> textMap(String key) {
        Map<String, String> texts = new LinkedHashMap<>();
        ConfigObject object = objectOf(values, key);
        for (String name : new TreeSet<>(object.keySet())) {
            ConfigValue value = object.get(name);
            if (value != null && Values.isScalar(value)) {
                texts.put(name, String.valueOf(value.unwrapped()));
            } else {
                problem(key, "no text under \"" + name + "\"", "a text for each key");
            }
        }
        return texts;
    }

    /** True or false. */
    public boolean flag(String key) {
        String text = optionalText(key);
        if (text != null && !text.equals("true") && !text.equals("false")) {
            problem(key, shown(text), "true or false");
        }
        return "true".equals(text);
    }

    /** A whole number from {@code min} to {@code max}. */
    public int number(String key, int min, int max) {
        String text = optionalText(key);
        if (text != null && text.matches("\\d{1,9}")) {
            int number = Integer.parseInt(text);
            if (number >= min && number <= max) {
                return number;
            }
        }
        problem(key, shown(text), "a number from " + min + " to " + max);
        return min;
    }

    /** A duration with its unit, from {@code min} to {@code max}. */
    public Duration duration(String key, Duration min, Duration max) {
        String text = optionalText(key);
        Duration duration = text == null ? null : Units.duration(text);
        if (duration != null && duration.compareTo(min) >= 0 && duration.compareTo(max) <= 0) {
            return duration;
        }
        String range = Units.durationText(min) + " to " + Units.durationText(max);
        problem(key, shown(text), "a duration with its unit, such as 15s or 5m, from " + range);
        return min;
    }

    /** A size in bytes with its unit, from {@code min} to {@code max}. */
    public long size(String key, long min, long max) {
        String text = optionalText(key);
        Long size = text == null ? null : Units.size(text);
        if (size != null && size >= min && size <= max) {
            return size;
        }
        String range = Units.sizeText(min) + " to " + Units.sizeText(max);
        problem(key, shown(text), "a size with its unit, such as 32 KiB or 25 MiB, from " + range);
        return min;
    }

    private ConfigObject objectOf(ConfigObject parent, String key) {
        ConfigValue value = Values.of(parent, key);
        if (value == null || value instanceof ConfigObject) {
            return value == null ? Values.emptyObject() : (ConfigObject) value;
        }
        problems.add(value.origin(), keyOf(key), Values.kind(value), "an object");
        return Values.emptyObject();
    }

    private List<ConfigValue> elements(String key) {
        ConfigValue value = Values.of(values, key);
        if (value == null || value instanceof ConfigList) {
            return value == null ? List.of() : (ConfigList) value;
        }
        problem(key, Values.kind(value), "a list");
        return List.of();
    }

    private static String shown(@Nullable String text) {
        return text == null ? "not set" : "\"" + text + "\"";
    }
}
