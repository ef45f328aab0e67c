package io.bedrockproxy.server;

import io.bedrockproxy.emulator.recording.RecordedRequest;
import io.bedrockproxy.emulator.signature.AccessKey;
import io.bedrockproxy.emulator.signature.Verdict;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What no log line may hold, in every form in which it could get there; knows where it was found. */
final class Confidential {
    private final Map<String, String> texts = new LinkedHashMap<>();

    /** A secret: as it is, as part of Basic credentials, and as a buffer dump shows it. */
    void secret(String name, String secret) {
        texts.put(name, secret);
        byte[] bytes = secret.getBytes(StandardCharsets.UTF_8);
        texts.put(name + " in hex", HexFormat.of().formatHex(bytes));
        // Base64 looks different at each of the three offsets; its inner characters do not depend on what is around.
        for (int offset = 0; offset < 3; offset++) {
            byte[] shifted = ("xyz".substring(0, offset) + secret).getBytes(StandardCharsets.UTF_8);
            String encoded = Base64.getEncoder().withoutPadding().encodeToString(shifted);
            texts.put(name + " in Base64 at " + offset, encoded.substring(4, encoded.length() - 3));
        }
    }

    void text(String name, String text) {
        texts.put(name, text);
    }

    /** The credentials that requests were signed with, and what came of them. */
    void signing(List<RecordedRequest> requests) {
        for (RecordedRequest request : requests) {
            String authorization = String.valueOf(request.header("authorization"));
            text("Authorization", authorization);
            text("signature " + texts.size(), authorization.substring(authorization.indexOf("Signature=") + 10));
            if (request.verdict() instanceof Verdict.Verified verified) {
                AccessKey key = verified.key();
                secret("secret key of " + key.accessKeyId(), key.secretAccessKey());
                secret("session token of " + key.accessKeyId(), String.valueOf(key.sessionToken()));
            }
        }
    }

    /** Each finding: what it is, and the line that holds it. */
    List<String> foundIn(List<String> lines) {
        List<String> found = new ArrayList<>();
        for (String line : lines) {
            texts.forEach((name, text) -> {
                if (line.contains(text)) {
                    found.add(name + ": " + line);
                }
            });
        }
        return found;
    }
}
