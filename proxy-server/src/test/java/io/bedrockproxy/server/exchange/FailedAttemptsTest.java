package io.bedrockproxy.server.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import io.bedrockproxy.core.auth.AuthenticationPenalty;
import io.bedrockproxy.core.failure.ErrorShape;
import io.bedrockproxy.core.failure.Failure;
import io.bedrockproxy.core.failure.FailureKind;
import io.bedrockproxy.server.LeakCheck;
import io.bedrockproxy.server.exchange.Admission.Refused;
import io.bedrockproxy.server.relay.Http1Downstream;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.DefaultHttpRequest;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpVersion;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(LeakCheck.class)
class FailedAttemptsTest {
    private static final Refused WRONG =
            new Refused(Failure.of(FailureKind.UNAUTHENTICATED, "No such secret."), ErrorShape.OPENAI, null);
    private static final Refused FORBIDDEN =
            new Refused(Failure.of(FailureKind.FORBIDDEN_MODEL, "Not this one."), ErrorShape.AWS, null);
    private static final int FREE = 50;
    private static final int SLOWED = 50;

    private final FailedAttempts attempts =
            new FailedAttempts(new AuthenticationPenalty(() -> 0, new SplittableRandom(1)));
    private final BodyBudget budget = new BodyBudget(1 << 20);
    private final List<Refused> answers = new ArrayList<>();

    /** A client at {@code 192.0.2.x}. */
    private final class Client {
        private final EmbeddedChannel channel;

        Client(int x) {
            channel = new EmbeddedChannel(new ChannelInboundHandlerAdapter()) {
                @Override
                protected SocketAddress remoteAddress0() {
                    return new InetSocketAddress("192.0.2." + x, 40_000);
                }
            };
            channel.freezeTime();
        }

        void refuse(Refused refused, RequestBody body) {
            attempts.answer(
                    refused,
                    new Http1Downstream(
                            channel.pipeline().firstContext(),
                            new DefaultHttpRequest(HttpVersion.HTTP_1_1, HttpMethod.POST, "/")),
                    body,
                    answers::add);
        }

        void refuse(Refused refused) {
            refuse(refused, newBody());
        }

        void fail(int times) {
            for (int i = 0; i < times; i++) {
                refuse(WRONG);
            }
        }

        void pass(long millis) {
            channel.advanceTimeBy(millis, TimeUnit.MILLISECONDS);
            channel.runScheduledPendingTasks();
        }
    }

    private RequestBody newBody() {
        return new RequestBody(1000, budget, new EmbeddedChannel().alloc());
    }

    @Test
    void holdsBackWhatIsSlowedAndNothingElse() {
        Client client = new Client(1);
        client.fail(FREE);
        assertThat(answers).hasSize(FREE).containsOnly(WRONG);
        client.fail(3);
        client.refuse(FORBIDDEN);
        assertThat(answers).hasSize(FREE + 1).endsWith(FORBIDDEN);
        client.pass(10);
        assertThat(answers).hasSize(FREE + 2).endsWith(WRONG);
        client.pass(20);
        assertThat(answers).hasSize(FREE + 4);
    }

    @Test
    void saysThatThereWereTooMany() {
        Client client = new Client(1);
        client.fail(FREE + SLOWED);
        answers.clear();
        client.refuse(WRONG);
        assertThat(answers).singleElement().satisfies(answer -> {
            assertThat(answer.failure().kind()).isEqualTo(FailureKind.TOO_MANY_FAILURES);
            assertThat(answer.failure().detail()).isEqualTo("No such secret.");
            assertThat(answer.shape()).isEqualTo(ErrorShape.OPENAI);
        });
        new Client(2).refuse(WRONG);
        assertThat(answers).hasSize(2).endsWith(WRONG);
    }

    @Test
    void keepsNoBodyWhileItHoldsBack() {
        Client client = new Client(1);
        client.fail(FREE);
        RequestBody body = newBody();
        assertThat(body.expect(1000, true, null)).isNull();
        assertThat(budget.reservedBytes()).isEqualTo(1000);
        client.refuse(WRONG, body);
        assertThat(answers).hasSize(FREE);
        assertThat(budget.reservedBytes()).isZero();
    }

    @Test
    void holdsBackOnlySoManyAtOnce() {
        List<Client> clients = new ArrayList<>();
        for (int x = 0; x <= FailedAttempts.MAX_HELD / SLOWED; x++) {
            Client client = new Client(x);
            client.fail(FREE + SLOWED);
            clients.add(client);
        }
        int failed = clients.size() * (FREE + SLOWED);
        assertThat(failed - answers.size()).isEqualTo(FailedAttempts.MAX_HELD);
        assertThat(answers)
                .filteredOn(answer -> answer.failure().kind() == FailureKind.TOO_MANY_FAILURES)
                .hasSize(clients.size() * SLOWED - FailedAttempts.MAX_HELD);
        clients.forEach(client -> client.pass(500));
        assertThat(answers).hasSize(failed);
        int before = answers.size();
        Client late = new Client(250);
        late.fail(FREE + 1);
        assertThat(answers).as("there is room again").hasSize(before + FREE);
        late.pass(10);
        assertThat(answers).hasSize(before + FREE + 1);
    }
}
