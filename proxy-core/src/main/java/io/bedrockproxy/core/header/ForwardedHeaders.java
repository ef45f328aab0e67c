package io.bedrockproxy.core.header;

import io.bedrockproxy.core.failure.Failure;
import io.bedrockproxy.core.http.Header;
import java.util.List;

/** What {@link RequestHeaderPolicy} makes of a request's headers. */
public sealed interface ForwardedHeaders {
    /**
     * What travels upstream.
     *
     * @param headers names in lower case, each once
     * @param wantsServerSentEvents whether the answer, if it is an event stream, is to be rewritten
     */
    record Passed(List<Header> headers, boolean wantsServerSentEvents) implements ForwardedHeaders {
        /** Copies the list. */
        public Passed {
            headers = List.copyOf(headers);
        }
    }

    /**
     * A header that may travel holds what may not.
     *
     * @param failure why
     */
    record Refused(Failure failure) implements ForwardedHeaders {}
}
