package io.bedrockproxy.core.failure;

import java.util.Locale;
import java.util.function.Function;

/** Turns {@link FailureKind} into Markdown. */
final class FailureDoc {
    private FailureDoc() {}

    static String markdown() {
        StringBuilder page = new StringBuilder("""
                # Failures

                <!-- Made from FailureKind.java: edit that, then run
                     mvn -pl proxy-core test -Dtest=FailureDocTest -Dgenerate.docs=true -->

                When the proxy itself ends an exchange, its reply looks like AWS's own: a JSON body with a `message`,
                `x-amzn-errortype` (from which AWS SDKs choose an exception) and `x-amzn-requestid`. The header
                `x-bedrock-proxy-failure` tells it from a reply of AWS, and the access log has the same word as
                `failure`. What AWS says comes through unchanged, without that header.

                """);
        row(page, "`x-bedrock-proxy-failure`", "status", "`x-amzn-errortype`", "caused by", "when", "what helps");
        row(page, "---", "---", "---", "---", "---", "---");
        for (FailureKind kind : FailureKind.values()) {
            row(
                    page,
                    code(kind.label()),
                    String.valueOf(kind.status()),
                    code(kind.errorType()),
                    cause(kind.source()),
                    kind.when(),
                    kind.remedy());
        }
        page.append("\nReplies that carry `Retry-After`: ").append(list(FailureKind::hasRetryAfter));
        page.append(
                        ".\n\nOn `/openai`, `/anthropic`, their twins under `/mantle` and their aliases under `/v1` the body has")
                .append(" that API's shape. OpenAI's `code` is the word of the header, and `error.type` is:\n\n");
        row(page, "failure", "OpenAI", "Anthropic");
        row(page, "---", "---", "---");
        for (FailureKind kind : FailureKind.values()) {
            row(page, code(kind.label()), code(FailureBody.openAiType(kind)), code(FailureBody.anthropicType(kind)));
        }
        return page.toString();
    }

    private static String cause(FailureKind.Source source) {
        return source == FailureKind.Source.DOWNSTREAM
                ? "client"
                : source.name().toLowerCase(Locale.ROOT);
    }

    private static String list(Function<FailureKind, Boolean> isListed) {
        StringBuilder list = new StringBuilder();
        for (FailureKind kind : FailureKind.values()) {
            if (isListed.apply(kind)) {
                list.append(list.isEmpty() ? "" : ", ").append(code(kind.label()));
            }
        }
        return list.toString();
    }

    private static String code(String text) {
        return '`' + text + '`';
    }

    private static void row(StringBuilder page, String... cells) {
        page.append("| ").append(String.join(" | ", cells)).append(" |\n");
    }
}
