package io.bedrockproxy.server.config.hocon;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UnitsTest {
    @ParameterizedTest
    @CsvSource({
        "500ms, 500",
        "15s, 15000",
        "15 s, 15000",
        "1.5s, 1500",
        "5m, 300000",
        "2 minutes, 120000",
        "1h, 3600000",
        "1 Hour, 3600000",
        "1d, 86400000",
        "0s, 0"
    })
    void readsDurations(String text, long millis) {
        assertThat(Units.duration(text)).isEqualTo(Duration.ofMillis(millis));
    }

    @ParameterizedTest
    @CsvSource({
        "512 B, 512",
        "1kB, 1000",
        "25 MB, 25000000",
        "1 GB, 1000000000",
        "32 KiB, 32768",
        "32K, 32768",
        "25MiB, 26214400",
        "25m, 26214400",
        "1 GiB, 1073741824",
        "0.5 KiB, 512"
    })
    void readsSizes(String text, long bytes) {
        assertThat(Units.size(text)).isEqualTo(bytes);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "15", "s", "-1s", "15 lightyears", "1e3s", "1s2s", "9999999999999999s", "MiB", "1 KiBs"})
    void readsNothingElse(String text) {
        assertThat(Units.duration(text)).isNull();
        assertThat(Units.size(text)).isNull();
    }

    @Test
    void showsTheLargestUnitWithoutAFraction() {
        assertThat(Units.sizeText(25 << 20)).isEqualTo("25 MiB");
        assertThat(Units.sizeText(1536)).isEqualTo("1536 B");
        assertThat(Units.sizeText(2048)).isEqualTo("2 KiB");
        assertThat(Units.durationText(Duration.ofHours(24))).isEqualTo("24h");
        assertThat(Units.durationText(Duration.ofSeconds(90))).isEqualTo("90s");
        assertThat(Units.durationText(Duration.ofMinutes(5))).isEqualTo("5m");
        assertThat(Units.durationText(Duration.ofMillis(1))).isEqualTo("1ms");
    }
}
