package io.bedrockproxy.core.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import io.bedrockproxy.core.failure.FailureKind;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What may stand between the literal parts of a path, seen through the router. */
class PathVariableTest {
    private static final String ARN = "arn:aws:bedrock:us-east-1:123456789012:inference-profile/";

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "no hexadecimal digits | a%zz",
                "one digit and the end | a%4",
                "a percent sign and the end | a%",
                "half a digit | a%4g",
                "UTF-16 escape | a%u002f",
                "bad behind a second decoding | a%25zz",
                "a percent sign is left after two decodings | a%252541",
                "encoded three times | a%25253A0",
                "nothing but a percent sign | %25"
            })
    void refusesBadPercentEncoding(String name, String id) {
        assertRefused(name, id, "is not percent-encoded properly");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "zero | a%00",
                "zero behind a second decoding | a%2500",
                "line feed | a%0a",
                "carriage return | a%0D",
                "tab | a%09",
                "space | a%20b",
                "delete | a%7f",
                "UTF-8 of a letter | %C3%A4",
                "overlong slash | a%c0%afb",
                "fullwidth slash | a%EF%BC%8Fb",
                "last octet | a%ff",
                "raw backslash | a\\b",
                "encoded backslash | a%5Cb",
                "backslash encoded twice | a%255cb",
                "raw semicolon | a;b",
                "encoded semicolon | a%3Bb",
                "encoded question mark | a%3Fb",
                "encoded hash | a%23b",
                "hash encoded twice | a%2523b"
            })
    void refusesWhatNoIdentifierHolds(String name, String id) {
        assertRefused(name, id, "holds a character that no identifier has");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "raw slash | a/b",
                "encoded slash | a%2Fb",
                "encoded twice | a%252fb",
                "slash in front | %2Fa",
                "slash behind | a%2F",
                "arn in upper case | ARN:aws:x/y",
                "arn further on | x.arn:aws:x/y",
                "dot segments in front of an ARN | ../arn:aws:x/y"
            })
    void refusesASlashOutsideAnArn(String name, String id) {
        assertRefused(name, id, "holds a slash, which only an ARN may");
    }

    static Stream<Arguments> dots() {
        return Stream.of(
                argumentSet("one dot", "."),
                argumentSet("two dots", ".."),
                argumentSet("empty", ""),
                argumentSet("encoded dot", "%2e"),
                argumentSet("encoded dots", "%2E%2e"),
                argumentSet("half encoded dots", ".%2e"),
                argumentSet("dots encoded twice", "%252e%252e"),
                argumentSet("raw dots in an ARN", ARN + "../x"),
                argumentSet("encoded dots in an ARN", ARN + "%2e%2e/x"),
                argumentSet("dots between encoded slashes", ARN + "..%2Fx"),
                argumentSet("dots between slashes encoded twice", ARN + "%252e%252e%252fx"),
                argumentSet("dot in an ARN", ARN + "./x"),
                argumentSet("dots at the end of an ARN", ARN + ".."),
                argumentSet("empty segment in an ARN", ARN + "/x"),
                argumentSet("empty encoded segment in an ARN", ARN + "%2Fx"),
                argumentSet("empty segment at the end of an ARN", ARN + "x/"),
                argumentSet("nothing behind the slash of an ARN", ARN));
    }

    @ParameterizedTest
    @MethodSource("dots")
    void refusesEmptyAndDotSegments(String id) {
        assertRefused(id, id, "has an empty or a dot segment");
    }

    @Test
    void refusesMoreThan2048Characters() {
        assertThat(Routes.matched("/model/" + "a".repeat(2048) + "/invoke").modelId())
                .hasSize(2048);
        assertThat(Routes.matched("/model/" + "%3A".repeat(2048) + "/invoke").modelId())
                .as("decoded characters are counted")
                .hasSize(2048);
        assertRefused("too long", "a".repeat(2049), "is longer than 2048 characters");
    }

    @ParameterizedTest
    @CsvSource({
        "dots inside a name, a..b, a..b, a..b",
        "three dots, ..., ..., ...",
        "unreserved, a~b_c-d.e, a~b_c-d.e, a~b_c-d.e",
        "needlessly encoded, %61%2D, a-, a-",
        "at sign, a@b, a@b, a%40b",
        "star, a*b, a*b, a%2Ab",
        "plus stays a plus, a+b, a+b, a%2Bb",
        "lower-case hexadecimal, a%3ab, a:b, a%3Ab",
        "quotation mark, a\"b, a\"b, a%22b"
    })
    void sendsExactlyWhatRulesSee(String name, String written, String decoded, String sent) {
        Route route = Routes.matched("/model/" + written + "/invoke");
        assertThat(route.modelId()).as(name).isEqualTo(decoded);
        assertThat(route.path()).as(name).isEqualTo("/model/" + sent + "/invoke");
    }

    @Test
    void checksEveryVariableOfAPath() {
        assertThat(Routes.refused("/guardrail/g/version/%2e%2e/apply").message())
                .startsWith("The version identifier in the path has");
        assertThat(Routes.refused("/guardrail/g%20/version/1/apply").message())
                .startsWith("The guardrail identifier in the path holds");
    }

    @Test
    void tellsTheWholePathOfAnOperationFromItsTail() {
        Route route = Routes.matched("/model/" + ARN + "x/converse/invoke");
        assertThat(route.operation()).hasToString("InvokeModel");
        assertThat(route.modelId()).isEqualTo(ARN + "x/converse");
    }

    private static void assertRefused(String name, String id, String why) {
        String target = "/model/" + id + "/invoke";
        assertThat(Routes.refusedKind(target)).as(name).isEqualTo(FailureKind.BAD_REQUEST);
        assertThat(Routes.refused(target).message())
                .as(name)
                .isEqualTo("The model identifier in the path " + why + ".");
    }
}
