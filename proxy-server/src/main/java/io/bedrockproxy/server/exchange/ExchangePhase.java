package io.bedrockproxy.server.exchange;

/** Where an exchange stands. It moves down this list, with one step back: from a call to new credentials. */
enum ExchangePhase {
    /** The head is being judged; nothing was kept of the body. */
    HEAD,
    /** Waiting for the rest of the body. */
    BODY,
    /** Waiting for credentials. */
    CREDENTIALS,
    /** Connecting, signing, sending, and that once more if need be; no byte of the response has gone down. */
    CALL,
    /** The response is being relayed. */
    RELAY,
    /** Refused; the answer may be held back a little, and nothing is kept or asked for until it has left. */
    REFUSED,
    /** Over; every late call is ignored. */
    DONE
}
