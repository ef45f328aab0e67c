/** What all of these send. */
class Model {
    static final String BODY =
            """
            {
              "anthropic_version": "bedrock-2023-05-31",
              "max_tokens": 200,
              "messages": [{"role": "user", "content": "Say hello"}]
            }
            """;

    static String id() {
        return System.getenv().getOrDefault("MODEL", "us.anthropic.claude-sonnet-4-5-20250929-v1:0");
    }
}
