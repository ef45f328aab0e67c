package io.bedrockproxy.server.config.hocon;

import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigOrigin;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueType;
import org.jspecify.annotations.Nullable;

/** What the configuration library says of values, in an operator's words. */
final class Values {
    private Values() {}

    /** The value of a key, or null when it is not set or set to null. */
    static @Nullable ConfigValue of(ConfigObject object, String key) {
        ConfigValue value = object.get(key);
        return value == null || value.valueType() == ConfigValueType.NULL ? null : value;
    }

    /** Where a value is written, or null when it is not. */
    static @Nullable ConfigOrigin origin(ConfigObject object, String key) {
        ConfigValue value = object.get(key);
        return value == null ? null : value.origin();
    }

    /** An object without keys, for what is not set or not an object. */
    static ConfigObject emptyObject() {
        return ConfigFactory.empty().root();
    }

    /** Whether a value is a text, or something that can be read as one. */
    static boolean isScalar(ConfigValue value) {
        return switch (value.valueType()) {
            case STRING, NUMBER, BOOLEAN -> true;
            case OBJECT, LIST, NULL -> false;
        };
    }

    /** The kind of a value; never the value, which may be a secret. */
    static String kind(ConfigValue value) {
        return switch (value.valueType()) {
            case OBJECT -> "an object";
            case LIST -> "a list";
            case NUMBER -> "a number";
            case BOOLEAN -> "true or false";
            case NULL -> "null";
            case STRING -> "a text";
        };
    }
}
