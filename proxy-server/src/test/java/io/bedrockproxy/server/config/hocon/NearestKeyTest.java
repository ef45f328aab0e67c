package io.bedrockproxy.server.config.hocon;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NearestKeyTest {
    @ParameterizedTest
    @CsvSource({
        "prot, port",
        "pors, port",
        "hots, host",
        "unixSocket, unix-socket",
        "unix_socket, unix-socket",
        "UNIX-SOCKET, unix-socket",
        "cert, certificate",
        "prefixes, path-prefixes",
        "zzz, host"
    })
    void isWhatWasMeant(String written, String meant) {
        assertThat(NearestKey.to(written, List.of("host", "port", "unix-socket", "path-prefixes", "certificate")))
                .isEqualTo(meant);
    }
}
