package dev.virga.component.runtime;

import java.util.Optional;

/** A guest's side of copies through a stream or future; whether the other side is the host differs from copy to copy. */
final class BuiltinContext extends CallContext {

    private Optional<BuiltinContext> withHost = Optional.empty();

    BuiltinContext(Root root, int instance, Options options, boolean peerIsHost) {
        super(root, instance, options, peerIsHost);
    }

    /** The same for a copy from or to the host. */
    BuiltinContext withHost() {
        if (withHost.isEmpty()) {
            withHost = Optional.of(new BuiltinContext(root, instance.number, options, true));
        }
        return withHost.get();
    }

    @Override
    public void enter() {
        instance.checkMayLeave();
    }

    @Override
    public void returned() {
        // nothing was called
    }

    @Override
    public void exit() {
        // nothing was entered
    }
}
