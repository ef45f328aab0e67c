import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.bedrockruntime.BedrockRuntimeAsyncClient;

/** The model's own JSON, in and out, without a waiting thread. */
public class AsyncInvoke {
    public static void main(String[] args) {
        try (BedrockRuntimeAsyncClient client = BedrockRuntimeAsyncClient.create()) {
            client.invokeModel(request -> request.modelId(Model.id())
                            .contentType("application/json")
                            .body(SdkBytes.fromUtf8String(Model.BODY)))
                    .thenAccept(response -> System.out.println(response.body().asUtf8String()))
                    .join();
        }
    }
}
