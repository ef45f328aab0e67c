package io.bedrockproxy.core.route;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Everything that may go upstream. A new AWS operation is one new row. */
public final class SurfaceTable {
    /** {@code operations = [inference]}, the default. */
    public static final String INFERENCE = "inference";

    /** {@code operations = [discovery]}. */
    static final String DISCOVERY = "discovery";

    /** {@code operations = [async]}. */
    static final String ASYNC = "async";

    private static final List<SurfaceRow> NATIVE = List.of(
            runtime("/model/{model}/invoke", "InvokeModel", false),
            runtime("/model/{model}/invoke-with-response-stream", "InvokeModelWithResponseStream", true),
            runtime("/model/{model}/converse", "Converse", false),
            runtime("/model/{model}/converse-stream", "ConverseStream", true),
            runtime("/model/{model}/count-tokens", "CountTokens", false),
            runtime("/guardrail/{guardrail}/version/{version}/apply", "ApplyGuardrail", false),
            runtime("/guardrail-checks/invoke", "InvokeGuardrailChecks", false),
            async("POST", "/async-invoke", "StartAsyncInvoke").withModelIn("modelId"),
            async("GET", "/async-invoke/{invocation}", "GetAsyncInvoke"),
            async(
                    "GET",
                    "/async-invoke",
                    "ListAsyncInvokes",
                    list("submitTimeAfter", "submitTimeBefore", "statusEquals")),
            read(
                    "/foundation-models",
                    "ListFoundationModels",
                    "byProvider",
                    "byCustomizationType",
                    "byOutputModality",
                    "byInferenceType"),
            read("/foundation-models/{model}", "GetFoundationModel"),
            read("/foundation-model-availability/{model}", "GetFoundationModelAvailability"),
            read("/inference-profiles", "ListInferenceProfiles", "maxResults", "nextToken", "type"),
            read("/inference-profiles/{model}", "GetInferenceProfile"),
            read(
                    "/provisioned-model-throughputs",
                    "ListProvisionedModelThroughputs",
                    list("creationTimeAfter", "creationTimeBefore", "statusEquals", "modelArnEquals", "nameContains")),
            read(
                    "/custom-models",
                    "ListCustomModels",
                    list(
                            "creationTimeBefore",
                            "creationTimeAfter",
                            "nameContains",
                            "baseModelArnEquals",
                            "foundationModelArnEquals",
                            "isOwned",
                            "modelStatus")),
            read(
                    "/imported-models",
                    "ListImportedModels",
                    list("creationTimeBefore", "creationTimeAfter", "nameContains")),
            read("/prompt-routers", "ListPromptRouters", "maxResults", "nextToken", "type"),
            read(
                    "/model-customization/custom-model-deployments",
                    "ListCustomModelDeployments",
                    list("createdBefore", "createdAfter", "nameContains", "statusEquals", "modelArnEquals")),
            read(
                    "/marketplace-model/endpoints",
                    "ListMarketplaceModelEndpoints",
                    "maxResults",
                    "nextToken",
                    "modelSourceIdentifier"));

    static final List<SurfaceRow> ROWS =
            Stream.concat(NATIVE.stream(), CompatibleRows.all().stream()).toList();

    private SurfaceTable() {}

    private static SurfaceRow runtime(String pattern, String operation, boolean isEventStream) {
        return SurfaceRow.of(Surface.RUNTIME, "POST", pattern, new Operation(operation, INFERENCE), isEventStream);
    }

    private static SurfaceRow async(String method, String pattern, String operation, String... queryNames) {
        return SurfaceRow.of(Surface.RUNTIME, method, pattern, new Operation(operation, ASYNC), false, queryNames);
    }

    private static SurfaceRow read(String pattern, String operation, String... queryNames) {
        return SurfaceRow.of(
                Surface.CONTROL_PLANE, "GET", pattern, new Operation(operation, DISCOVERY), false, queryNames);
    }

    /** With the names that every sorted list of pages has. */
    private static String[] list(String... filters) {
        return Stream.concat(Stream.of(filters), Stream.of("maxResults", "nextToken", "sortBy", "sortOrder"))
                .toArray(String[]::new);
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
