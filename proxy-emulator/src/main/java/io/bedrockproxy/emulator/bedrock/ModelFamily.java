package io.bedrockproxy.emulator.bedrock;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** The JSON in which the models of one family answer InvokeModel. */
interface ModelFamily {
    /** The whole answer. */
    ObjectNode whole(Generation generation, String text);

    /** The chunks before the first word. */
    List<ObjectNode> opening(Generation generation);

    /** The chunk that carries one piece of the text. */
    ObjectNode delta(Generation generation, int index, String text);

    /** The chunks after the last word, at least one. */
    List<ObjectNode> closing(Generation generation);

    /** The family of a bare model id. */
    static ModelFamily of(String bare) {
        if (bare.indexOf('.') < 0) {
            return new AnthropicFamily();
        }
        return ROWS.stream()
                .filter(row -> bare.startsWith(row.prefix()))
                .findFirst()
                .map(Row::family)
                .orElseGet(OpenAiFamily::new);
    }

    /** In order: the first prefix that fits decides; steering and opaque ids answer as Anthropic's models do. */
    List<Row> ROWS = List.of(
            new Row("anthropic.", new AnthropicFamily()),
            new Row("emulator.", new AnthropicFamily()),
            new Row("amazon.titan", new TitanFamily()),
            new Row("amazon.", new NovaFamily()),
            new Row("meta.", new LlamaFamily()),
            new Row("mistral.", new MistralFamily()),
            new Row("cohere.", new CohereFamily()));

    /** Which ids belong to a family. */
    record Row(String prefix, ModelFamily family) {}
}
