package io.bedrockproxy.core.auth;

import static org.assertj.core.api.Assertions.assertThat;

import io.bedrockproxy.core.auth.AuthenticationPenalty.Penalty;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AuthenticationPenaltyTest {
    private long nanos = -5_000_000_000L;
    private final AuthenticationPenalty table = new AuthenticationPenalty(() -> nanos, new SplittableRandom(7));

    private static InetAddress address(String text) {
        try {
            return InetAddress.getByName(text);
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException(text, e);
        }
    }

    private static InetAddress ipv4(int number) {
        try {
            return InetAddress.getByAddress(
                    ByteBuffer.allocate(Integer.BYTES).putInt(number).array());
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException(Integer.toString(number), e);
        }
    }

    private void pass(Duration time) {
        nanos += time.toNanos();
    }

    private List<Penalty> fail(String peer, int times) {
        return Stream.generate(() -> table.onFailure(address(peer)))
                .limit(times)
                .toList();
    }

    @Test
    void costsNothingThenTimeThenIsOneTooMany() {
        List<Penalty> penalties = fail("192.0.2.1", 110);
        assertThat(penalties.subList(0, 50)).allMatch(each -> each.delay().isZero() && !each.isOneTooMany());
        assertThat(penalties.subList(50, 100))
                .as("waits of the slowed ones")
                .extracting(each -> each.delay().toMillis())
                .containsExactlyElementsOf(
                        IntStream.rangeClosed(1, 50).mapToObj(i -> 10L * i).toList());
        assertThat(penalties.subList(50, 100)).noneMatch(Penalty::isOneTooMany);
        assertThat(penalties.subList(100, 110)).allMatch(each -> each.delay().isZero() && each.isOneTooMany());
    }

    @Test
    void forgivesOneFailureInTwoSeconds() {
        fail("192.0.2.1", 110);
        pass(AuthenticationPenalty.FORGIVEN_EVERY);
        assertThat(fail("192.0.2.1", 2)).extracting(Penalty::isOneTooMany).containsExactly(false, true);
        pass(AuthenticationPenalty.FORGIVEN_EVERY.multipliedBy(60));
        assertThat(fail("192.0.2.1", 11))
                .extracting(each -> each.delay().toMillis())
                .containsExactly(0L, 0L, 0L, 0L, 0L, 0L, 0L, 0L, 0L, 0L, 10L);
        pass(Duration.ofDays(3000));
        assertThat(fail("192.0.2.1", 50)).allMatch(each -> each.delay().isZero() && !each.isOneTooMany());
    }

    @Test
    void anAttemptThatIsOneTooManyDoesNotMakeItLonger() {
        fail("192.0.2.1", 10_000);
        pass(AuthenticationPenalty.FORGIVEN_EVERY);
        assertThat(table.onFailure(address("192.0.2.1")).isOneTooMany()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "192.0.2.1, 192.0.2.1, true",
        "192.0.2.1, 192.0.2.2, false",
        "2001:db8:1:2::1, 2001:db8:1:2:ffff:ffff:ffff:ffff, true",
        "2001:db8:1:2::1, 2001:db8:1:3::1, false",
        "::1, 0.0.0.1, false",
        "192.0.2.1, 2001:db8::c000:201, false"
    })
    void countsAnIpv4AddressByItselfAndAnIpv6AddressWithItsNetwork(String one, String other, boolean isSame) {
        fail(one, 100);
        assertThat(table.onFailure(address(other)).isOneTooMany()).isEqualTo(isSame);
    }

    @Test
    void peersWithoutAnAddressShareACount() {
        IntStream.range(0, 100).forEach(i -> table.onFailure(null));
        assertThat(table.onFailure(null).isOneTooMany()).isTrue();
        assertThat(table.onFailure(address("::1")).isOneTooMany()).isFalse();
        assertThat(table.onFailure(address("127.0.0.1")).isOneTooMany()).isFalse();
    }

    @Test
    void aMillionAddressesTakeNoMoreMemoryThanOne() {
        InetAddress[] some = IntStream.range(0, 1000)
                .mapToObj(AuthenticationPenaltyTest::ipv4)
                .toArray(InetAddress[]::new);
        Stream.of(some).forEach(table::onFailure);
        long before = usedHeap();
        long punished = IntStream.range(0, 1_000_000)
                .filter(i -> table.onFailure(ipv4(0x0a00_0000 + i)).isOneTooMany())
                .count();
        assertThat(punished).as("addresses that failed once").isZero();
        long grown = usedHeap() - before;
        assertThat(grown).as("bytes; a map would have grown by 50 MB and more").isLessThan(16 << 20);
        assertThat(fail("198.51.100.7", 101).get(100).isOneTooMany())
                .as("and one that goes on failing is still noticed")
                .isTrue();
    }

    private long usedHeap() {
        System.gc();
        assertThat(table).isNotNull();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }

    @Test
    void losesNoFailureOfThreadsThatCountAtOnce() throws InterruptedException {
        InetAddress peer = address("192.0.2.1");
        table.onFailure(peer);
        AtomicInteger judged = new AtomicInteger();
        CountDownLatch go = new CountDownLatch(1);
        List<Thread> threads = IntStream.range(0, 4)
                .mapToObj(i -> new Thread(() -> {
                    awaitQuietly(go);
                    for (int n = 0; n < 1000; n++) {
                        judged.addAndGet(table.onFailure(peer).isOneTooMany() ? 0 : 1);
                    }
                }))
                .toList();
        threads.forEach(Thread::start);
        go.countDown();
        for (Thread thread : threads) {
            thread.join();
        }
        assertThat(judged).hasValue(99);
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
