import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.bedrockruntime.BedrockRuntimeAsyncClient;
import software.amazon.awssdk.services.bedrockruntime.model.InvokeModelWithResponseStreamResponseHandler;

/** The model's own JSON, in; piece by piece, out. */
public class AsyncInvokeStream {
    public static void main(String[] args) {
        InvokeModelWithResponseStreamResponseHandler pieces = InvokeModelWithResponseStreamResponseHandler.builder()
                .subscriber(InvokeModelWithResponseStreamResponseHandler.Visitor.builder()
                        .onChunk(chunk -> System.out.println(chunk.bytes().asUtf8String()))
                        .build())
                .build();
        try (BedrockRuntimeAsyncClient client = BedrockRuntimeAsyncClient.create()) {
            client.invokeModelWithResponseStream(
                            request -> request.modelId(Model.id())
                                    .contentType("application/json")
                                    .body(SdkBytes.fromUtf8String(Model.BODY)),
                            pieces)
                    .join();
        }
    }
}
