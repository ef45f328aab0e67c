import software.amazon.awssdk.services.bedrockruntime.BedrockRuntimeClient;
import software.amazon.awssdk.services.bedrockruntime.model.ContentBlock;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseResponse;

/** One question, the whole answer. */
public class SyncConverse {
    public static void main(String[] args) {
        try (BedrockRuntimeClient client = BedrockRuntimeClient.create()) {
            ConverseResponse response = client.converse(request -> request.modelId(Model.id())
                    .messages(message -> message.role("user").content(ContentBlock.fromText("Say hello"))));
            System.out.println(response.output().message().content().get(0).text());
        }
    }
}
