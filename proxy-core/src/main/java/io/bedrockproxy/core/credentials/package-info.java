/**
 * Source credentials, assumed roles and the refresher that keeps them fresh.
 *
 * <p>How the credentials of one key come and go:
 *
 * <pre>
 * state       | a request comes              | the timer runs | a try succeeds | a try fails
 * ------------+------------------------------+----------------+----------------+---------------------
 * cold        | start a try and wait         | -              | fresh          | unavailable or denied
 * fresh       | served at once               | start a try    | fresh          | fresh, with back-off
 * unavailable | wait if few failed, else fail| start a try    | fresh          | longer back-off
 * denied      | last try 2 s old: start one  | start a try    | fresh          | longer back-off
 *             | and wait; else fail          |                |                |
 * asleep      | start a try                  | -              | fresh          | unavailable or denied
 * </pre>
 *
 * In every state a request without usable credentials waits for the try that is in flight.
 */
@NullMarked
package io.bedrockproxy.core.credentials;

import org.jspecify.annotations.NullMarked;
