package io.bedrockproxy.core.sigv4;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PayloadHasherTest {
    private static final String ABC = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

    private final PayloadHasher hasher = new PayloadHasher();

    @Test
    void hashesNothingToTheEmptyHash() {
        assertThat(hasher.finish()).isEqualTo(PayloadHash.EMPTY);
    }

    @Test
    void hashesChunksOfAllKindsAsOneBody() {
        ByteBuffer direct = ByteBuffer.allocateDirect(1).put((byte) 'c').flip();
        hasher.update("xabx".getBytes(StandardCharsets.US_ASCII), 1, 2);
        hasher.update(direct);

        assertThat(direct.hasRemaining()).isFalse();
        assertThat(hasher.finish().hex()).isEqualTo(ABC);
    }

    @Test
    void startsAfreshAfterEachBody() {
        hasher.update(new byte[100], 0, 100);
        hasher.reset();
        hasher.update(ByteBuffer.wrap("abc".getBytes(StandardCharsets.US_ASCII)));

        assertThat(hasher.finish().hex()).isEqualTo(ABC);
        assertThat(hasher.finish()).isEqualTo(PayloadHash.EMPTY);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "abc", "BA7816BF8F01CFEA414140DE5DAE2223B00361A396177A9CB410FF61F20015AD"})
    void refusesWhatIsNoHash(String hex) {
        assertThatIllegalArgumentException().isThrownBy(() -> new PayloadHash(hex));
    }
}
