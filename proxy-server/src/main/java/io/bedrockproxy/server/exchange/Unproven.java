package io.bedrockproxy.server.exchange;

import io.bedrockproxy.core.auth.InboundSignature;
import io.bedrockproxy.core.failure.ErrorShape;
import io.bedrockproxy.core.route.ErrorShapes;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpUtil;
import org.jspecify.annotations.Nullable;

/**
 * A request whose client has signed the body too, without telling its hash in the head: who it is can only be said when
 * the body is there, and until then nobody is told anything about paths and rules.
 *
 * @param head the head, of which nothing but the signature was judged
 * @param signature what is to be proved
 */
record Unproven(HttpRequest head, InboundSignature signature) implements Admission.Passed {
    @Override
    public long contentLength() {
        return HttpUtil.getContentLength(head, 0L);
    }

    /** Whether it has one at all is told together with everything else, afterwards. */
    @Override
    public boolean takesBody() {
        return true;
    }

    /** So the model is looked for when all of the body is there. */
    @Override
    public @Nullable String modelKey() {
        return null;
    }

    @Override
    public boolean expectsContinue() {
        return Admission.expectsContinue(head);
    }

    @Override
    public ErrorShape errorShape() {
        return ErrorShapes.of(head.uri());
    }
}
