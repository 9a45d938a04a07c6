package dev.virga.component.runtime;

import java.util.Optional;

/** The caller's side of an import's calls: one for each lowered function of an instance. */
final class LowerContext extends CallContext {

    private final Canon.Lower definition;
    private Object implementation;
    private LiftContext callee;

    LowerContext(Root root, Canon.Lower definition) {
        super(root, definition.instance(), definition.options(), definition.target() instanceof Item.Host);
        this.definition = definition;
    }

    @Override
    public void enter() {
        instance.checkMayLeave();
        if (definition.borrows()) {
            scope = new BorrowScope(scope);
        }
    }

    @Override
    public void returned() {
        // only lifted functions return to somebody
    }

    @Override
    public void exit() {
        if (definition.borrows()) {
            BorrowScope ended = scope;
            scope = ended.outer;
            ended.end();
        }
    }

    /** What the host function is called on; asked for when its arguments are lifted, from where on they are its own. */
    Object implementation() {
        root.landed();
        if (implementation == null) {
            implementation = root.implementation(definition.implementation());
        }
        return implementation;
    }

    /** The other component's side of the call. */
    LiftContext callee() {
        if (callee == null && definition.target() instanceof Item.Lifted lifted) {
            callee = new LiftContext(root, root.plan.lifts().get(lifted.index()), Optional.of(instance));
        }
        return callee;
    }
}
