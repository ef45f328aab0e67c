package io.bedrockproxy.core.credentials;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class CredentialsProbeTest {
    private static final SourceAnswer UNREACHABLE =
            new SourceAnswer.Refused(SourceError.unavailable("unreachable", "STS does not answer", ""));
    private static final SourceAnswer DENIED = new SourceAnswer.Refused(SourceError.denied("AccessDenied", "no", ""));
    private static final SourceAnswer GIVEN =
            new SourceAnswer.Fetched(new SessionCredentials("ASIA1", "secret", "token", null));

    private final List<Integer> asked = new ArrayList<>();

    @Test
    void asksFallbackRegionsWhileTheOnesBeforeDoNotAnswer() {
        assertThat(CredentialsProbe.firstAnswer(answering(UNREACHABLE, GIVEN, DENIED)))
                .isSameAs(GIVEN);
        assertThat(asked).containsExactly(0, 1);
    }

    @Test
    void aDenialIsAnAnswer() {
        assertThat(CredentialsProbe.firstAnswer(answering(DENIED, GIVEN))).isSameAs(DENIED);
        assertThat(asked).containsExactly(0);
    }

    @Test
    void tellsTheLastFailureWhenNobodyAnswers() {
        assertThat(CredentialsProbe.firstAnswer(answering(UNREACHABLE, UNREACHABLE)))
                .isSameAs(UNREACHABLE);
        assertThat(asked).containsExactly(0, 1);
    }

    private CredentialsSource answering(SourceAnswer... answers) {
        return new CredentialsSource() {
            @Override
            public SourceAnswer fetch(int alternative) {
                asked.add(alternative);
                return answers[alternative];
            }

            @Override
            public int alternatives() {
                return answers.length;
            }
        };
    }
}
