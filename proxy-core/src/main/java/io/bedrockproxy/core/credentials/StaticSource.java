package io.bedrockproxy.core.credentials;

/** Keys that are written in the configuration: always the same answer. */
final class StaticSource implements CredentialsSource {
    private final SourceAnswer answer;

    StaticSource(SourceConfig.Static keys) {
        // Nobody says when a configured session token expires; AWS will.
        this.answer = new SourceAnswer.Fetched(
                new SessionCredentials(keys.accessKeyId(), keys.secretAccessKey(), keys.sessionToken(), null));
    }

    @Override
    public SourceAnswer fetch(int alternative) {
        return answer;
    }
}
