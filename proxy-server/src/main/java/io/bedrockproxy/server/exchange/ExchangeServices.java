package io.bedrockproxy.server.exchange;

import io.bedrockproxy.core.header.ResponseHeaderPolicy;
import io.bedrockproxy.core.sigv4.SigV4Signer;
import io.bedrockproxy.core.telemetry.AccessLog;
import io.bedrockproxy.server.relay.RelayConfig;
import io.bedrockproxy.server.upstream.UpstreamPool;
import java.time.InstantSource;
import java.util.function.LongSupplier;

/**
 * Everything an exchange needs from outside, for one event loop: the signer and the pool belong to that loop, the rest
 * is immutable or safe to share.
 *
 * @param admission judges heads
 * @param failed answers whom it refused, over all event loops
 * @param signer signs; not thread-safe
 * @param refusals what is done about signatures that AWS refuses, over all event loops
 * @param pool connections of this event loop
 * @param budget memory for bodies, over all event loops
 * @param open counts exchanges, over all event loops
 * @param config limits before the response
 * @param relayConfig limits of the response
 * @param responseHeaders which headers travel back
 * @param accessLog one line for each exchange
 * @param clock for signing, corrected by what AWS says the time is
 * @param nanos for durations
 */
public record ExchangeServices(
        Admission admission,
        FailedAttempts failed,
        SigV4Signer signer,
        SignatureRefusals refusals,
        UpstreamPool pool,
        BodyBudget budget,
        OpenExchanges open,
        ExchangeConfig config,
        RelayConfig relayConfig,
        ResponseHeaderPolicy responseHeaders,
        AccessLog accessLog,
        InstantSource clock,
        LongSupplier nanos) {}
