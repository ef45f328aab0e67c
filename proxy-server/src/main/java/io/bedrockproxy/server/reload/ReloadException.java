package io.bedrockproxy.server.reload;

import org.jspecify.annotations.Nullable;

/** A configuration that can be read cannot be brought in; the message is all that an operator needs, and no secret. */
public final class ReloadException extends Exception {
    private static final long serialVersionUID = 1L;

    /** With the whole message, keeping the cause for a debugger. */
    public ReloadException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
