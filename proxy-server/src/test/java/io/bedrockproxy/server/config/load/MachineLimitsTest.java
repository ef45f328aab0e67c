package io.bedrockproxy.server.config.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MachineLimitsTest {
    private static final long MIB = 1L << 20;

    @ParameterizedTest
    @CsvSource({
        "a small sidecar,       48,   48,    1024, 24,  448",
        "few descriptors,       64,   64,     100, 32,  16",
        "a gateway,           1024, 1024, 1048576, 256, 32768",
        "a large one,        16384, 16384, 1048576, 256, 65536"
    })
    void sayWhatAutoIs(String machine, long heap, long direct, long descriptors, long bodies, int connections) {
        MachineLimits limits = new MachineLimits(heap * MIB, direct * MIB, descriptors);
        assertThat(limits.bufferedBodiesBytes()).as(machine).isEqualTo(bodies * MIB);
        assertThat(limits.connections()).as(machine).isEqualTo(connections);
    }

    @Test
    void takeNoLimitForVeryMuch() {
        MachineLimits limits = new MachineLimits(Long.MAX_VALUE, Long.MAX_VALUE, Long.MAX_VALUE);
        assertThat(limits.bufferedBodiesBytes()).isEqualTo(256 * MIB);
        assertThat(limits.connections()).isEqualTo(65_536);
    }

    @Test
    void areThoseOfThisProcess() {
        MachineLimits limits = MachineLimits.ofThisProcess();
        assertThat(limits.heapBytes()).isEqualTo(Runtime.getRuntime().maxMemory());
        assertThat(limits.directBytes()).isPositive();
        assertThat(limits.fileDescriptors()).isGreaterThan(100);
    }

    @Test
    void readTheSoftLimitOfTheKernel(@TempDir Path folder) throws IOException {
        Path limits = Files.writeString(folder.resolve("limits"), """
                Limit                     Soft Limit           Hard Limit           Units
                Max processes             96365                96365                processes
                Max open files            1024                 524288               files
                """);
        assertThat(MachineLimits.descriptors(limits)).isEqualTo(1024);
        assertThat(MachineLimits.descriptors(folder.resolve("none"))).isEqualTo(8192);
    }
}
