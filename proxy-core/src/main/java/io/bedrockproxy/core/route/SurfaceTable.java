package io.bedrockproxy.core.route;

import java.util.List;
import java.util.stream.Collectors;

/** Everything that may go upstream. A new AWS operation is one new row. */
public final class SurfaceTable {
    /** {@code operations = [inference]}, the default. */
    public static final String INFERENCE = "inference";

    static final List<SurfaceRow> ROWS = List.of(
            runtime("/model/{model}/invoke", "InvokeModel", false),
            runtime("/model/{model}/invoke-with-response-stream", "InvokeModelWithResponseStream", true),
            runtime("/model/{model}/converse", "Converse", false),
            runtime("/model/{model}/converse-stream", "ConverseStream", true),
            runtime("/model/{model}/count-tokens", "CountTokens", false),
            runtime("/guardrail/{guardrail}/version/{version}/apply", "ApplyGuardrail", false),
            runtime("/guardrail-checks/invoke", "InvokeGuardrailChecks", false));

    private SurfaceTable() {}

    private static SurfaceRow runtime(String pattern, String operation, boolean isEventStream) {
        return SurfaceRow.of(Surface.RUNTIME, "POST", pattern, new Operation(operation, INFERENCE), isEventStream);
    }

    /** Every operation, for checking rules. */
    public static List<Operation> operations() {
        return ROWS.stream().map(SurfaceRow::operation).distinct().toList();
    }

    /** The value of {@code Allow}: the methods of the rows that a path could be. */
    static String allow(List<SurfaceRow> rows) {
        return rows.stream().map(SurfaceRow::method).distinct().sorted().collect(Collectors.joining(", "));
    }
}
