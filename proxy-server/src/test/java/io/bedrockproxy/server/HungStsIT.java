package io.bedrockproxy.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.bedrockproxy.emulator.Emulator;
import io.bedrockproxy.emulator.sts.RoleRule;
import io.bedrockproxy.emulator.sts.StsMode;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * STS hangs for some roles: clients of another role do not notice. Two proxies that differ in nothing else get their requests
 * by turns, so that whatever else slows the machine down slows both.
 */
@ExtendWith(LeakCheck.class)
class HungStsIT {
    private static final int ROLES = 8;
    private static final int WAITING_EACH = 8;
    private static final int WARM_UP = 500;
    private static final int MOST_PAIRS = 2000;
    /** Of fewer, the median says little. */
    private static final int FEWEST_PAIRS = 100;

    private static final double MOST_SLOWER = 1.5;

    private final List<String> secrets =
            IntStream.range(0, ROLES).mapToObj(i -> LocalProxy.newSecret()).toList();

    @AutoClose
    private final LocalProxy calm =
            LocalProxy.builder().prepared(HungStsIT::roles).start();

    @AutoClose
    private final LocalProxy hung =
            LocalProxy.builder().prepared(HungStsIT::roles).start();

    private final Calls toCalm = new Calls(calm);
    private final Calls toHung = new Calls(hung);
    /** With connections of their own. */
    private final Calls waiting = new Calls(hung);

    @Test
    void clientsOfOtherRolesKeepTheirLatency() {
        await().until(() -> toCalm.isReady() && toHung.isReady());
        for (int i = 0; i < WARM_UP; i++) {
            nanos(toCalm);
            nanos(toHung);
        }
        IntStream.range(0, ROLES).forEach(i -> hung.emulator().stsMode(arn(i), StsMode.HANG));
        new ProxyFile(calm).reload(clients());
        new ProxyFile(hung).reload(clients());
        List<CompletableFuture<HttpResponse<String>>> held = secrets.stream()
                .flatMap(secret -> IntStream.range(0, WAITING_EACH).mapToObj(i -> waiting.converseLater(secret)))
                .toList();
        await("a call to STS hangs for each role").until(() -> hangingCalls() == ROLES);

        List<Long> alone = new ArrayList<>();
        List<Long> beside = new ArrayList<>();
        while (beside.size() < MOST_PAIRS && held.stream().noneMatch(CompletableFuture::isDone)) {
            alone.add(nanos(toCalm));
            beside.add(nanos(toHung));
        }

        assertThat(beside)
                .as("requests while %s others wait for STS", held.size())
                .hasSizeGreaterThan(FEWEST_PAIRS);
        assertThat(median(beside) / (double) median(alone))
                .as("median of %s requests: %s ns beside, %s ns alone", beside.size(), median(beside), median(alone))
                .isLessThan(MOST_SLOWER);
        assertThat(held)
                .as("and those who waited are told so")
                .allSatisfy(one -> assertThat(one.join().statusCode()).isEqualTo(503));
    }

    private static void roles(Emulator aws) {
        List<RoleRule> rules = new ArrayList<>(List.of(RoleRule.of(LocalProxy.ROLE_ARN, LocalProxy.EXTERNAL_ID)));
        IntStream.range(0, ROLES).forEach(i -> rules.add(RoleRule.of(arn(i), null)));
        aws.roles(rules);
    }

    private String clients() {
        StringBuilder config = new StringBuilder();
        for (int i = 0; i < ROLES; i++) {
            config.append("""
                    roles.r%1$d { role-arn = "%2$s", source = emulator, session-policy = none }
                    clients.c%1$d { role = r%1$d, secrets = [ { sha256 = %3$s } ] }
                    """.formatted(i, arn(i), LocalProxy.sha256(secrets.get(i))));
        }
        return config.toString();
    }

    private long hangingCalls() {
        return hung.emulator().recorder().stsCalls().stream()
                .map(call -> call.roleArn())
                .filter(role -> !LocalProxy.ROLE_ARN.equals(role))
                .distinct()
                .count();
    }

    private static String arn(int number) {
        return "arn:aws:iam::111122223333:role/customer-" + number;
    }

    private static long nanos(Calls calls) {
        long begun = System.nanoTime();
        assertThat(calls.converse().statusCode()).isEqualTo(200);
        return System.nanoTime() - begun;
    }

    private static long median(List<Long> values) {
        long[] sorted = values.stream().mapToLong(Long::longValue).toArray();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }
}
