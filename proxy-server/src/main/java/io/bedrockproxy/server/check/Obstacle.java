package io.bedrockproxy.server.check;

/** Why an endpoint was not reached: one word for each thing that an operator would mend elsewhere. */
enum Obstacle {
    /** The name has no address. */
    UNKNOWN_HOST,
    /** The machine is there and nobody listens, or something on the way says no. */
    REFUSED,
    /** Nobody takes the connection, in time. */
    NO_CONNECTION,
    /** The certificate comes from somebody whom we do not trust. */
    UNTRUSTED,
    /** The certificate is for another name. */
    WRONG_NAME,
    /** The certificate is not valid today. */
    EXPIRED,
    /** Something else about TLS. */
    TLS,
    /** Connected, and no answer in time. */
    SILENT,
    /** Connected, and cut off. */
    BROKEN
}
