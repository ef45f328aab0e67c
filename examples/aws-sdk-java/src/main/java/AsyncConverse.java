import software.amazon.awssdk.services.bedrockruntime.BedrockRuntimeAsyncClient;
import software.amazon.awssdk.services.bedrockruntime.model.ContentBlock;

/** One question, the whole answer, without a waiting thread. */
public class AsyncConverse {
    public static void main(String[] args) {
        try (BedrockRuntimeAsyncClient client = BedrockRuntimeAsyncClient.create()) {
            client.converse(request -> request.modelId(Model.id())
                            .messages(message -> message.role("user").content(ContentBlock.fromText("Say hello"))))
                    .thenAccept(response -> System.out.println(
                            response.output().message().content().get(0).text()))
                    .join();
        }
    }
}
