package io.bedrockproxy.core.body;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Jackson reads the same documents: whatever is named here, is the only model that Jackson sees. */
class ModelFinderRandomTest {
    private static final long SEED = 20261128;
    private static final int DOCUMENTS = 20_000;
    private static final JsonFactory JACKSON = new JsonFactory();
    private static final String[] PIECES = {
        "{",
        "}",
        "[",
        "]",
        ":",
        ",",
        "\"model\"",
        "\"Model\"",
        "\"mod\\u0065l\"",
        "\"x\"",
        "\"\\\"\"",
        "\"\\\\\"",
        "1",
        "-0.5e3",
        "01",
        "true",
        "null",
        "nul",
        " ",
        "\n",
        "\"",
        "\\",
        "\u00e4",
        "\"\u20ac\"",
        "\u0000",
        "\"\\ud83d\"",
        "{}",
        "\"model\":\"a\"",
        "\"model\":\"b\"",
        ",\"c\":[1,{\"model\":\"d\"}]"
    };

    @Test
    void namesNothingThatJacksonReadsOtherwise() {
        Random random = new Random(SEED);
        int named = 0;
        int valid = 0;
        for (int i = 0; i < DOCUMENTS; i++) {
            byte[] document = document(random);
            List<String> models = modelsOf(document);
            valid += models == null ? 0 : 1;
            if (ModelFinderTest.find(document) instanceof BodyModel.Named model) {
                named++;
                assertThat(models).as(() -> new String(document, UTF_8)).containsExactly(model.id());
            } else if (models != null && models.size() == 1) {
                assertThat(models.get(0))
                        .as(() -> new String(document, UTF_8))
                        .matches(id ->
                                id.isEmpty() || id.chars().anyMatch(c -> c <= ' ' || c >= 0x7f) || id.equals("!"));
            }
        }
        assertThat(named).as("documents with a model").isGreaterThan(300);
        assertThat(valid).as("documents that are JSON").isGreaterThan(named);
    }

    /** Mostly well-formed members, sometimes with one piece too many, too few or another. */
    private static byte[] document(Random random) {
        StringBuilder text = new StringBuilder("{");
        int members = random.nextInt(4);
        for (int i = 0; i < members; i++) {
            text.append(i == 0 ? "" : ",").append(member(random));
        }
        text.append('}');
        for (int damage = random.nextInt(5) - 2; damage > 0; damage--) {
            text.insert(random.nextInt(text.length() + 1), PIECES[random.nextInt(PIECES.length)]);
        }
        byte[] bytes = text.toString().getBytes(UTF_8);
        if (random.nextInt(4) == 0) {
            bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
        }
        return bytes;
    }

    private static String member(Random random) {
        String[] keys = {"\"model\"", "\"mod\\u0065l\"", "\"MODEL\"", "\"a\"", "\"\""};
        String[] values = {"\"a\"", "\"b\\/c\"", "1", "[]", "{\"model\":\"n\"}", "null", "\"\u00e4\"", "\"\"", "-1e5"};
        return keys[random.nextInt(keys.length)] + ':' + values[random.nextInt(values.length)];
    }

    /** The values of each top-level key that is "model" in any case, "!" for what is no text; null for what is no object. */
    @org.jspecify.annotations.Nullable
    static List<String> modelsOf(byte[] document) {
        try (JsonParser json = JACKSON.createParser(document)) {
            List<String> models = new ArrayList<>();
            if (json.nextToken() != JsonToken.START_OBJECT) {
                return null;
            }
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                String key = json.currentName();
                boolean isText = json.nextToken() == JsonToken.VALUE_STRING;
                if (key.equalsIgnoreCase("model")) {
                    models.add(isText && key.equals("model") ? json.getText() : "!");
                }
                json.skipChildren();
            }
            return json.nextToken() == null ? models : null;
        } catch (IOException e) {
            return null;
        }
    }
}
