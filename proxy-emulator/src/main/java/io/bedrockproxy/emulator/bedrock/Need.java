package io.bedrockproxy.emulator.bedrock;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * One permission that a request asks for.
 *
 * @param action the IAM action
 * @param resource the ARN it is on; {@code *} for actions that have none
 * @param region the value of {@code aws:RequestedRegion}
 * @param context the values of the condition keys of this action
 */
record Need(String action, String resource, String region, Map<String, List<String>> context) {
    Need with(String key, String value) {
        Map<String, List<String>> more = new HashMap<>(context);
        more.put(key, List.of(value));
        return new Need(action, resource, region, Map.copyOf(more));
    }
}
