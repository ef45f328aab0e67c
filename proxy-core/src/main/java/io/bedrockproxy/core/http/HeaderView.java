package io.bedrockproxy.core.http;

import java.util.List;
import java.util.function.BiConsumer;

/** The headers of a message, however the server keeps them. */
public interface HeaderView {
    /** Every value of a field, in order; empty for none. */
    List<String> all(String lowerCaseName);

    /** Every field in order; names in any case. */
    void forEach(BiConsumer<String, String> action);
}
