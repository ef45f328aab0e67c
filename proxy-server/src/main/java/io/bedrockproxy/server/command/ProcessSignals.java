package io.bedrockproxy.server.command;

import java.lang.reflect.Proxy;

/**
 * What the JDK has for signals: {@code sun.misc.Signal} (module {@code jdk.unsupported}, JEP 260). It is called by
 * reflection because javac warns of it in a way that cannot be suppressed.
 */
final class ProcessSignals {
    private ProcessSignals() {}

    /**
     * From now on a signal of this name runs {@code action}, on a thread of the JVM's.
     *
     * @param name such as {@code TERM}
     * @throws ReflectiveOperationException when the JVM keeps the signal to itself
     */
    static void handle(String name, Runnable action) throws ReflectiveOperationException {
        Class<?> signal = Class.forName("sun.misc.Signal");
        Class<?> handler = Class.forName("sun.misc.SignalHandler");
        Object proxy = Proxy.newProxyInstance(
                ProcessSignals.class.getClassLoader(), new Class<?>[] {handler}, (self, method, arguments) -> {
                    if (method.getName().equals("handle")) {
                        action.run();
                    }
                    return null;
                });
        signal.getMethod("handle", signal, handler)
                .invoke(null, signal.getConstructor(String.class).newInstance(name), proxy);
    }
}
