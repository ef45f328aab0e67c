package io.bedrockproxy.core.body;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.ByteBuffer;

/** Any body, cut anywhere: a model that is named is the only one that Jackson sees. */
class ModelFinderFuzz {
    @FuzzTest(maxDuration = "10m")
    void namesWhatJacksonReads(byte[] body) {
        BodyModel whole = find(body, Math.max(1, body.length));
        assertThat(find(body, 1)).as("byte by byte").isEqualTo(whole);
        assertThat(find(body, 7)).as("in pieces").isEqualTo(whole);
        if (whole instanceof BodyModel.Named model) {
            assertThat(ModelFinderRandomTest.modelsOf(body)).containsExactly(model.id());
        }
    }

    private static BodyModel find(byte[] body, int piece) {
        ModelFinder finder = new ModelFinder("model");
        for (int at = 0; at < body.length; at += piece) {
            finder.feed(ByteBuffer.wrap(body, at, Math.min(piece, body.length - at)));
        }
        return finder.finish();
    }
}
