package io.bedrockproxy.core.body;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Finds the model that a body names by one top-level key, while the body arrives. What it finds is what every reader finds:
 * a body that two readers could understand differently (a key twice, be one of them escaped or in other case; anything that
 * is not strictly JSON) names no model. Costs one pass over the bytes and some kilobytes. Not thread-safe.
 */
public final class ModelFinder {
    /** The longest model id that AWS accepts. */
    private static final int MAX_LENGTH = 2048;

    private final Keys keys;
    private final JsonScanner scanner;

    /** @param key the name of the key, in ASCII */
    public ModelFinder(String key) {
        keys = new Keys(key);
        scanner = new JsonScanner(keys);
    }

    /** Reads on, and consumes all of {@code piece}. */
    public void feed(ByteBuffer piece) {
        scanner.feed(piece);
    }

    /** What the body that ends here says. */
    public BodyModel finish() {
        String wrong = scanner.finish();
        wrong = wrong == null ? keys.wrong() : wrong;
        return wrong == null ? new BodyModel.Named(keys.id) : new BodyModel.Unclear(wrong);
    }

    /** Watches for the key, in any case: there are readers that take {@code Model} for {@code model}. */
    private static final class Keys implements JsonEvents {
        private final String name;
        private int count;
        private boolean isText;
        private String id = "";

        Keys(String name) {
            this.name = name;
        }

        @Override
        public int key(String key) {
            if (!key.equalsIgnoreCase(name)) {
                return 0;
            }
            count++;
            return key.equals(name) ? MAX_LENGTH + 1 : 0;
        }

        @Override
        public void text(String text) {
            isText = true;
            id = text;
        }

        @Override
        public void otherValue() {
            isText = false;
        }

        @Nullable
        String wrong() {
            if (count > 1) {
                return "names the key \"" + name + "\" more than once";
            }
            if (count == 0 || !isText) {
                return "has no model: no top-level key \"" + name + "\" that is a string";
            }
            boolean isId =
                    !id.isEmpty() && id.length() <= MAX_LENGTH && id.chars().allMatch(c -> c > ' ' && c < 0x7f);
            return isId
                    ? null
                    : "has a \"" + name + "\" that is no model id: 1 to " + MAX_LENGTH + " visible ASCII characters";
        }
    }
}
