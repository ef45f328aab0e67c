package io.bedrockproxy.server.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class TasksTest {
    private static final Duration LONG = Duration.ofSeconds(50);

    @AutoClose
    private final Tasks tasks = new Tasks(System::nanoTime);

    @Test
    void answersInOrderAndNotMoreThanFourAtOnce() {
        AtomicInteger running = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        CountDownLatch four = new CountDownLatch(4);
        List<Integer> questions = IntStream.range(0, 8).boxed().toList();
        List<Integer> answers = tasks.all(
                questions,
                LONG,
                question -> {
                    most.accumulateAndGet(running.incrementAndGet(), Math::max);
                    four.countDown();
                    await(four);
                    running.decrementAndGet();
                    return question * 10;
                },
                question -> -1);
        assertThat(answers).containsExactly(0, 10, 20, 30, 40, 50, 60, 70);
        assertThat(most).as("they do run beside each other").hasValue(4);
    }

    @Test
    void whatHangsIsGivenUpAndTheOthersAreNot() {
        CountDownLatch never = new CountDownLatch(1);
        List<String> answers = tasks.all(
                List.of("hangs", "works"),
                Duration.ofMillis(300),
                question -> {
                    if (question.equals("hangs")) {
                        await(never);
                    }
                    return question;
                },
                question -> question + " overdue");
        assertThat(answers.get(0)).isEqualTo("hangs overdue");
    }

    @Test
    void aMistakeOfOursIsNotHidden() {
        assertThatThrownBy(() -> tasks.all(
                        List.of("x"),
                        LONG,
                        question -> {
                            throw new IllegalArgumentException("ours");
                        },
                        question -> question))
                .hasRootCauseMessage("ours");
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
