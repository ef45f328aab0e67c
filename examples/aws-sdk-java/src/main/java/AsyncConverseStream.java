import software.amazon.awssdk.services.bedrockruntime.BedrockRuntimeAsyncClient;
import software.amazon.awssdk.services.bedrockruntime.model.ContentBlock;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseStreamResponseHandler;

/** One question, the answer word by word. */
public class AsyncConverseStream {
    public static void main(String[] args) {
        ConverseStreamResponseHandler words = ConverseStreamResponseHandler.builder()
                .subscriber(ConverseStreamResponseHandler.Visitor.builder()
                        .onContentBlockDelta(event -> System.out.print(event.delta().text()))
                        .build())
                .build();
        try (BedrockRuntimeAsyncClient client = BedrockRuntimeAsyncClient.create()) {
            client.converseStream(
                            request -> request.modelId(Model.id())
                                    .messages(message ->
                                            message.role("user").content(ContentBlock.fromText("Say hello"))),
                            words)
                    .join();
            System.out.println();
        }
    }
}
