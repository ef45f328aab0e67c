package io.bedrockproxy.emulator.bedrock;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.bedrockproxy.emulator.http.RequestHead;
import io.bedrockproxy.emulator.signature.AccessKey;
import java.util.Map;

/**
 * A verified request to one operation.
 *
 * @param head the request's head
 * @param path the decoded variables of its path
 * @param body its JSON; empty for a GET
 * @param key who signed it
 * @param region the region of its signature
 */
record Call(RequestHead head, Map<String, String> path, ObjectNode body, AccessKey key, String region) {
    /** A path variable that the operation's pattern has. */
    String variable(String name) {
        String value = path.get(name);
        if (value == null) {
            throw new IllegalArgumentException("The operation has no " + name);
        }
        return value;
    }
}
