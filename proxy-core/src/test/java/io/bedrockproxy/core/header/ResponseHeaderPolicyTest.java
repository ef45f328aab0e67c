package io.bedrockproxy.core.header;

import static org.assertj.core.api.Assertions.assertThat;

import io.bedrockproxy.core.http.Header;
import io.bedrockproxy.core.http.HeaderList;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ResponseHeaderPolicyTest {
    @Test
    void copiesInOrderWithNamesInLowerCase() {
        assertThat(copied(
                        "Date", "now",
                        "x-amzn-RequestId", "1",
                        "X-Amzn-Bedrock-Input-Token-Count", "7",
                        "X-Amzn-Trace-Id", "a=b",
                        "X-Amzn-Trace-Id", "c=d",
                        "Content-Type", "application/json",
                        "Content-Encoding", "gzip"))
                .containsExactly(
                        new Header("date", "now"),
                        new Header("x-amzn-requestid", "1"),
                        new Header("x-amzn-bedrock-input-token-count", "7"),
                        new Header("x-amzn-trace-id", "a=b"),
                        new Header("x-amzn-trace-id", "c=d"),
                        new Header("content-type", "application/json"),
                        new Header("content-encoding", "gzip"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Content-Length",
                "Transfer-Encoding",
                "Keep-Alive",
                "Proxy-Connection",
                "Proxy-Authenticate",
                "Trailer",
                "Upgrade",
                "Alt-Svc",
                "Set-Cookie",
                "X-Bedrock-Proxy-Failure"
            })
    void keepsWhatBelongsToTheUpstreamConnection(String name) {
        assertThat(copied(name, "x", "A", "b")).containsExactly(new Header("a", "b"));
    }

    @Test
    void keepsWhatConnectionNominates() {
        assertThat(copied("Connection", "X-Internal, close", "X-Internal", "1", "A", "b"))
                .containsExactly(new Header("a", "b"));
    }

    private static List<Header> copied(String... namesAndValues) {
        List<Header> headers = new ArrayList<>();
        new ResponseHeaderPolicy()
                .copy(HeaderList.of(namesAndValues), (name, value) -> headers.add(new Header(name, value)));
        return headers;
    }
}
