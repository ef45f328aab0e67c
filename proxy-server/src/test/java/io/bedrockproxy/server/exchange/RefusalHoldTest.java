package io.bedrockproxy.server.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import io.bedrockproxy.server.LeakCheck;
import io.netty.handler.codec.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What is held, judged, and then got through or signed again. */
@ExtendWith(LeakCheck.class)
class RefusalHoldTest extends RefusalHoldFixture {
    @ParameterizedTest
    @CsvSource({
        "200, ''",
        "429, ThrottlingException",
        "403, AccessDeniedException",
        "400, ValidationException",
        "500, RequestExpired"
    })
    void letsAnythingElseThrough(int status, String errorType) {
        hold.onResponseHead(head(status, errorType.isEmpty() ? null : errorType));
        hold.onResponseChunk(chunk("one"));
        hold.onResponseReadComplete();
        hold.onResponseEnd();

        assertThat(call.events).containsExactly("head " + status, "chunk one", "read complete", "end");
        assertThat(judged).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(names = "NONE", mode = EnumSource.Mode.EXCLUDE)
    void signsAgainWhenThereIsABetterSignature(Remedy remedy) {
        receive("expired", " token");
        assertThat(call.events).containsExactly("read complete", "held end");
        assertThat(judged).containsExactly("expired token");

        verdict.complete(remedy);
        assertThat(call.events).as("not before the connection is back").hasSize(2);
        channel.runPendingTasks();

        assertThat(call.events).containsExactly("read complete", "held end", "sign again " + remedy);
    }

    private static final String UNKNOWN =
            "{\"Output\":{\"__type\":\"com.amazon.coral.service#UnknownOperationException\"},\"Version\":\"1.0\"}";

    private static HttpResponse small(int length) {
        HttpResponse head = head(200, null);
        head.headers().set("Content-Type", "application/json").set("Content-Length", length);
        return head;
    }

    @Test
    void saysThatAnOperationIsUnknown() {
        hold.onResponseHead(small(UNKNOWN.length()));
        hold.onResponseChunk(chunk(UNKNOWN.substring(0, 30)));
        hold.onResponseChunk(chunk(UNKNOWN.substring(30)));
        assertThat(call.events).isEmpty();
        hold.onResponseEnd();

        assertThat(call.events).containsExactly("held end", "unknown operation");
        assertThat(judged).isEmpty();
    }

    @Test
    void handsOnASmallAnswerAtItsEnd() {
        hold.onResponseHead(small(16));
        hold.onResponseChunk(chunk("{\"inputTokens\":7}"));
        hold.onResponseEnd();

        assertThat(call.events).containsExactly("held end", "head 200", "chunk {\"inputTokens\":7}", "end");
        assertThat(judged).isEmpty();
    }

    @Test
    void holdsNoAnswerOfAModel() {
        HttpResponse events = small(100);
        events.headers().set("Content-Type", "text/event-stream");
        HttpResponse chunked = small(0);
        chunked.headers().remove("Content-Length");
        for (HttpResponse head : List.of(small(513), events, chunked)) {
            call.events.clear();
            newHold(true).onResponseHead(head);
            assertThat(call.events).as("%s", head.headers()).containsExactly("head 200");
        }
    }

    @Test
    void handsOnASmallAnswerThatIsCut() {
        hold.onResponseHead(small(16));
        hold.onResponseChunk(chunk("{\"input"));
        hold.onUpstreamFailure(BROKEN);

        assertThat(call.events).containsExactly("head 200", "chunk {\"input", "failure cut");
    }

    @Test
    void handsOnWhatStands() {
        receive("denied");
        verdict.complete(Remedy.NONE);
        channel.runPendingTasks();

        assertThat(call.events).containsExactly("read complete", "held end", "head 403", "chunk denied", "end");
    }

    @Test
    void handsOnAnAnswerWithoutABody() {
        receive();
        verdict.complete(Remedy.NONE);
        channel.runPendingTasks();

        assertThat(call.events).containsExactly("read complete", "held end", "head 403", "end");
    }

    @Test
    void handsOnAtOnceWhatMayNotBeRepeated() {
        RefusalHold second = newHold(false);
        second.onResponseHead(head(403, "ExpiredTokenException"));
        second.onResponseChunk(chunk("again"));
        second.onResponseEnd();

        assertThat(judged).as("later requests profit").containsExactly("again");
        assertThat(call.events).containsExactly("held end", "head 403", "chunk again", "end");
        verdict.complete(Remedy.NEW_CREDENTIALS);
        channel.runPendingTasks();
        assertThat(call.events).hasSize(4);
    }

    @Test
    void handsOnAtOnceWhatCameBeforeTheRequestWasSent() {
        call.requestIsWritten = false;
        receive("early");

        assertThat(judged).containsExactly("early");
        verdict.complete(Remedy.NEW_CREDENTIALS);
        channel.runPendingTasks();
        assertThat(call.events).containsExactly("read complete", "held end", "head 403", "chunk early", "end");
    }
}
