import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.bedrockruntime.BedrockRuntimeClient;
import software.amazon.awssdk.services.bedrockruntime.model.InvokeModelResponse;

/** The model's own JSON, in and out. */
public class SyncInvoke {
    public static void main(String[] args) {
        try (BedrockRuntimeClient client = BedrockRuntimeClient.create()) {
            InvokeModelResponse response = client.invokeModel(request ->
                    request.modelId(Model.id()).contentType("application/json").body(SdkBytes.fromUtf8String(Model.BODY)));
            System.out.println(response.body().asUtf8String());
        }
    }
}
