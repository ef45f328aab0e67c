package io.bedrockproxy.core.http;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;

/** Headers written down in a test, in their order and with their case. */
public record HeaderList(List<Header> headers) implements HeaderView {
    /** Names and values by turns. */
    public static HeaderList of(String... namesAndValues) {
        List<Header> headers = new ArrayList<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            headers.add(new Header(namesAndValues[i], namesAndValues[i + 1]));
        }
        return new HeaderList(headers);
    }

    @Override
    public List<String> all(String lowerCaseName) {
        return headers.stream()
                .filter(header -> header.name().equalsIgnoreCase(lowerCaseName))
                .map(Header::value)
                .toList();
    }

    @Override
    public void forEach(BiConsumer<String, String> action) {
        headers.forEach(header -> action.accept(header.name(), header.value()));
    }
}
