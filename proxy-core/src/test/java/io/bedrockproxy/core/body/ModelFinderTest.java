package io.bedrockproxy.core.body;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ModelFinderTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"model\":\"the-model\"}",
                "{\"model\":\"the-model\",\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}",
                "{\"messages\":[{\"model\":\"other\"}],\"metadata\":{\"model\":\"other\"},\"model\":\"the-model\"}",
                "{\"mod\\u0065l\":\"the-model\"}",
                "{\"\\u006d\\u006F\\u0064\\u0065\\u006c\":\"the\\u002dmodel\"}",
                "\r\n\t {\t\"model\"\n:\r\"the-model\"  }\n\n",
                "{\"a\":{},\"b\":[],\"c\":[[{}]],\"model\":\"the-model\",\"d\":[true,false,null]}",
                "{\"n\":[0,-0,1.5,-12.25e+10,3E-7,123456789012345678901234567890e999999],\"model\":\"the-model\"}",
                "{\"\":\"\",\"modelId\":\"other\",\"models\":[\"other\"],\" model\":\"other\",\"model\":\"the-model\"}",
                "{\"s\":\"\\\"model\\\":\\\"other\\\"\\\\\",\"model\":\"the-model\"}",
                "{\"s\":\"\u00fc\u20ac\ud83d\ude00\\ud800 \u007f\",\"model\":\"the-model\"}",
            })
    void findsTheOneModelWhateverStandsAroundIt(String body) {
        assertEverySplit(body.getBytes(UTF_8), new BodyModel.Named("the-model"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"model\":\"allowed\",\"model\":\"denied\"}",
                "{\"model\":\"allowed\",\"x\":1,\"mod\\u0065l\":\"denied\"}",
                "{\"Model\":\"denied\",\"model\":\"allowed\"}",
                "{\"model\":\"allowed\",\"MODEL\":\"denied\"}",
                "{\"model\":\"same\",\"model\":\"same\"}",
                "{\"model\":null,\"model\":\"denied\"}",
            })
    void refusesAKeyThatIsThereTwice(String body) {
        assertEverySplit(body.getBytes(UTF_8), new BodyModel.Unclear("names the key \"model\" more than once"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"Model\":\"x\"}",
                "{\"messages\":{\"model\":\"x\"}}",
                "{\"model\":null}",
                "{\"model\":7}",
                "{\"model\":true}",
                "{\"model\":[\"x\"]}",
                "{\"model\":{\"model\":\"x\"}}",
            })
    void refusesABodyWithoutAModelThatIsText(String body) {
        assertEverySplit(
                body.getBytes(UTF_8),
                new BodyModel.Unclear("has no model: no top-level key \"model\" that is a string"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " x", "x ", "a\\nb", "a\\u0000b", "\u00e4", "\\u00e4", "a\\tb", "\\ud83d\\ude00"})
    void refusesAModelThatIsNoId(String id) {
        assertEverySplit(
                ("{\"model\":\"" + id + "\"}").getBytes(UTF_8),
                new BodyModel.Unclear("has a \"model\" that is no model id: 1 to 2048 visible ASCII characters"));
    }

    @Test
    void takesIdsUpToAwssLimit() {
        String longest = "x".repeat(2048);
        assertThat(find(("{\"model\":\"" + longest + "\"}").getBytes(UTF_8))).isEqualTo(new BodyModel.Named(longest));
        assertThat(find(("{\"model\":\"" + longest + "x\"}").getBytes(UTF_8))).isInstanceOf(BodyModel.Unclear.class);
    }

    static Stream<Arguments> notJson() {
        String model = "{\"model\":\"x\"";
        return Stream.of(
                        "",
                        " ",
                        "[]",
                        "\"model\"",
                        "null",
                        "[" + model + "}]",
                        model,
                        model + "}}",
                        model + "}{}",
                        model + "} x",
                        model + "}\0",
                        model + ",}",
                        model + ",,\"a\":1}",
                        model + " \"a\":1}",
                        model + ",\"a\" 1}",
                        model + ",\"a\":}",
                        model + ",\"a\":[1,]}",
                        model + ",\"a\":[1 2]}",
                        model + ",\"a\":[}",
                        model + ",\"a\":{]}",
                        model + ",\"a\":01}",
                        model + ",\"a\":+1}",
                        model + ",\"a\":1.}",
                        model + ",\"a\":.5}",
                        model + ",\"a\":1e}",
                        model + ",\"a\":-}",
                        model + ",\"a\":1e+}",
                        model + ",\"a\":NaN}",
                        model + ",\"a\":Infinity}",
                        model + ",\"a\":0x1}",
                        model + ",\"a\":tru}",
                        model + ",\"a\":truee}",
                        model + ",\"a\":nulL}",
                        model + ",a:1}",
                        model + ",'a':1}",
                        model + ",\"a\":'b'}",
                        model + ",\"a\":\"b\\x\"}",
                        model + ",\"a\":\"\\u00g0\"}",
                        model + ",\"a\":\"\\u12\"}",
                        model + ",\"a\":\"b\nc\"}",
                        model + ",\"a\":\"b\tc\"}",
                        model + ",\"a\":\"b\0c\"}",
                        model + "/* c */}",
                        model + "} // c")
                .map(text -> Arguments.of((Object) text.getBytes(ISO_8859_1)));
    }

    /** Each character is one byte. */
    static Stream<Arguments> notUtf8() {
        String model = "{\"model\":\"x\"";
        return Stream.of(
                        "\u00ef\u00bb\u00bf" + model + "}",
                        "\u00fe\u00ff" + model + "}",
                        model + "\u00c2\u00a0}",
                        model + "\f}",
                        model + "\u000b}",
                        model + ",\"a\":\"\u00c0\u00a2,\"}",
                        model + ",\"a\":\"\u00e0\u0080\u00a2\"}",
                        model + ",\"a\":\"\u00ed\u00a0\u0080\"}",
                        model + ",\"a\":\"\u00f4\u0090\u0080\u0080\"}",
                        model + ",\"a\":\"\u00f8\u0088\u0080\u0080\u00a2\"}",
                        model + ",\"a\":\"\u0080\"}",
                        model + ",\"a\":\"\u00c3\"}",
                        model + ",\"a\":\"\u00e2\u0082\"}",
                        model + ",\"\u00ff\":1}")
                .map(text -> Arguments.of((Object) text.getBytes(ISO_8859_1)));
    }

    @ParameterizedTest
    @MethodSource({"notJson", "notUtf8"})
    void refusesWhatIsNotStrictlyJson(byte[] body) {
        BodyModel found = find(body);
        assertThat(found).isInstanceOf(BodyModel.Unclear.class);
        assertEverySplit(body, found);
        assertThat(((BodyModel.Unclear) found).why()).matches("is not .*|goes on behind its JSON object");
    }

    @Test
    void refusesUtf16() {
        byte[] body = "{\"model\":\"x\"}".getBytes(java.nio.charset.StandardCharsets.UTF_16LE);
        assertThat(find(body)).isInstanceOf(BodyModel.Unclear.class);
    }

    @Test
    void goesAsDeepAsJacksonAndNoDeeper() {
        String open = "[".repeat(JsonScanner.MAX_DEPTH - 1);
        String close = "]".repeat(JsonScanner.MAX_DEPTH - 1);
        assertThat(find(("{\"a\":" + open + close + ",\"model\":\"x\"}").getBytes(UTF_8)))
                .isEqualTo(new BodyModel.Named("x"));
        assertThat(find(("{\"a\":" + open + "[]" + close + ",\"model\":\"x\"}").getBytes(UTF_8)))
                .isEqualTo(new BodyModel.Unclear("is nested deeper than 1000 levels"));
    }

    @Test
    void findsAModelBehindTwentyMegabytesWithoutKeepingThem() {
        ModelFinder finder = new ModelFinder("model");
        finder.feed(ByteBuffer.wrap("{\"image\":\"".getBytes(UTF_8)));
        byte[] image = "QUJD".repeat(16 * 1024).getBytes(UTF_8);
        for (int i = 0; i < 320; i++) {
            ByteBuffer piece = ByteBuffer.wrap(image);
            finder.feed(piece);
            assertThat(piece.hasRemaining()).isFalse();
        }
        finder.feed(ByteBuffer.wrap("\",\"model\":\"the-model\"}".getBytes(UTF_8)));
        assertThat(finder.finish()).isEqualTo(new BodyModel.Named("the-model"));
    }

    private static void assertEverySplit(byte[] body, BodyModel expected) {
        assertThat(find(body)).isEqualTo(expected);
        for (int at = 0; at <= body.length; at++) {
            ModelFinder finder = new ModelFinder("model");
            finder.feed(ByteBuffer.wrap(body, 0, at));
            finder.feed(ByteBuffer.wrap(body, at, body.length - at).slice());
            assertThat(finder.finish()).as("split at %d", at).isEqualTo(expected);
        }
        ModelFinder bytewise = new ModelFinder("model");
        for (byte octet : body) {
            bytewise.feed(ByteBuffer.wrap(new byte[] {octet}));
        }
        assertThat(bytewise.finish()).isEqualTo(expected);
    }

    static BodyModel find(byte[] body) {
        ModelFinder finder = new ModelFinder("model");
        finder.feed(ByteBuffer.wrap(body));
        return finder.finish();
    }
}
