package io.bedrockproxy.server;

import io.bedrockproxy.core.credentials.CredentialsRegistry;
import io.bedrockproxy.server.reload.ReloadTarget;
import io.bedrockproxy.server.upstream.UpstreamPool;
import java.util.Set;
import java.util.function.Consumer;

/** One generation taking over from another: first what begins from now on, then the end of what nobody needs. */
final class Swap implements ReloadTarget.Prepared {
    private final Generation before;
    private final Generation next;
    private final Consumer<Generation> live;
    private final RetiredRegistries retired;

    /** @param live makes its argument the generation from which everything begins */
    Swap(Generation before, Generation next, Consumer<Generation> live, RetiredRegistries retired) {
        this.before = before;
        this.next = next;
        this.live = live;
        this.retired = retired;
    }

    @Override
    public void commit() {
        live.accept(next);
        CredentialsRegistry registry = next.wiring().credentials();
        registry.retain(next.wiring().keys());
        registry.start();
        if (!registry.equals(before.wiring().credentials())) {
            // Open exchanges may wait for a try of its; it is closed when none can any more.
            before.wiring().credentials().retain(Set.of());
            retired.add(before.wiring().credentials());
        }
        before.services().forEach((loop, services) -> {
            UpstreamPool pool = services.pool();
            if (!pool.equals(next.servicesOf(loop).pool())) {
                loop.execute(pool::retire);
            }
        });
    }

    @Override
    public void discard() {
        Generations.forget(next.wiring(), before);
    }
}
