package io.bedrockproxy.emulator.sts;

/** What an action comes to. */
sealed interface StsOutcome permits StsFault, StsOutcome.Granted {
    /**
     * A success.
     *
     * @param resultXml the elements inside the action's result element
     */
    record Granted(String resultXml) implements StsOutcome {}
}
