package io.bedrockproxy.server.exchange;

import io.bedrockproxy.core.auth.Client;
import io.bedrockproxy.core.body.BodyModel;
import io.bedrockproxy.core.failure.Failure;
import io.bedrockproxy.core.failure.FailureKind;
import io.bedrockproxy.core.route.Route;
import org.jspecify.annotations.Nullable;

/** What a client's rules say, in the words that the client is told; null where they have nothing against it. */
final class Permissions {
    private Permissions() {}

    static @Nullable Failure denial(Client client, Route route) {
        if (!client.operations()
                .allows(route.operation().name(), route.operation().group())) {
            return Failure.of(
                    FailureKind.FORBIDDEN_OPERATION,
                    "The client may not use the operation " + route.operation().name() + ".");
        }
        String modelId = route.modelId();
        return modelId == null ? null : denial(client, modelId);
    }

    /** A body that does not say for sure which model it is for passes only where every model may be used. */
    static @Nullable Failure denial(Client client, BodyModel model) {
        if (model instanceof BodyModel.Named named) {
            return denial(client, named.id());
        }
        return client.models().isEverything()
                ? null
                : Failure.of(FailureKind.BAD_REQUEST, "The request body " + ((BodyModel.Unclear) model).why() + ".");
    }

    private static @Nullable Failure denial(Client client, String modelId) {
        return client.models().allows(modelId)
                ? null
                : Failure.of(FailureKind.FORBIDDEN_MODEL, "The client may not use the model " + modelId + ".");
    }
}
