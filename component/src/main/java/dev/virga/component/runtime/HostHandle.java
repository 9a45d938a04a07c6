package dev.virga.component.runtime;

import dev.virga.component.GuestResource;
import dev.virga.component.type.ResourceType;
import java.util.Optional;

/** A guest's resource in the hands of the host. */
final class HostHandle implements GuestResource {

    private enum State {
        OWNED,
        /** Valid until the call that lent it ends. */
        BORROWED,
        GONE
    }

    private final Representation representation;
    private State state;
    private int lends;

    private HostHandle(Representation representation, State state) {
        this.representation = representation;
        this.state = state;
    }

    static HostHandle owned(Representation representation) {
        return new HostHandle(representation, State.OWNED);
    }

    static HostHandle borrowed(Representation representation, BorrowScope call) {
        HostHandle view = new HostHandle(representation, State.BORROWED);
        call.atEnd(() -> view.state = State.GONE);
        return view;
    }

    @Override
    public ResourceType type() {
        return representation.type();
    }

    /** The instance that implements it. */
    Root root() {
        return representation.root();
    }

    /** What this stands for, to lend it. */
    synchronized Representation representation() {
        if (state == State.GONE) {
            throw new IllegalStateException("the resource " + type() + " was closed, moved or lent for a call that ended");
        }
        return representation;
    }

    /** Gives up ownership. */
    synchronized Representation take() {
        Representation taken = representation();
        if (state != State.OWNED) {
            throw new IllegalStateException("the resource " + type() + " is only borrowed and cannot be given away");
        }
        if (lends > 0) {
            throw new IllegalStateException("the resource " + type() + " is lent to a call and cannot be given away");
        }
        state = State.GONE;
        return taken;
    }

    /** Lends this to a call. */
    synchronized Representation lend(BorrowScope call) {
        Representation lent = representation();
        lends++;
        call.atEnd(this::givenBack);
        return lent;
    }

    private synchronized void givenBack() {
        lends--;
    }

    @Override
    public void close() {
        takeIfOwned().ifPresent(taken -> taken.destroy(null));
    }

    private synchronized Optional<Representation> takeIfOwned() {
        return state == State.OWNED ? Optional.of(take()) : Optional.empty();
    }
}
