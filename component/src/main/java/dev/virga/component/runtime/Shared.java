package dev.virga.component.runtime;

import java.util.Optional;

/** What the two ends of a stream or future share (CanonicalABI, "Stream State", "Future State"). */
abstract sealed class Shared permits SharedStream, SharedFuture {

    /** What its elements are, as {@link ElementTypes} counts. */
    final ElementTypes.Key type;

    private boolean dropped;
    private Optional<Copier> pending = Optional.empty();

    /** The host, where it is what writes: it is told of each reader that waits and of the end. */
    private Optional<HostWriter> writer = Optional.empty();

    Shared(ElementTypes.Key type) {
        this.type = type;
    }

    abstract void read(Copier reader);

    abstract void write(Copier writer);

    final void writtenBy(HostWriter host) {
        writer = Optional.of(host);
    }

    final boolean isDropped() {
        return dropped;
    }

    final Optional<Copier> pending() {
        return pending;
    }

    final void setPending(Copier copier) {
        pending = Optional.of(copier);
    }

    /** A reader waits, so a writer of the host should write. */
    final void setPendingReader(Copier reader) {
        setPending(reader);
        writer.ifPresent(HostWriter::wanted);
    }

    final void resetPending() {
        pending = Optional.empty();
    }

    final void resetAndNotifyPending(CopyResult result) {
        Copier notified = pending.orElseThrow();
        resetPending();
        notified.done(result);
    }

    final void cancel() {
        resetAndNotifyPending(CopyResult.CANCELLED);
    }

    /** One end is dropped: the other one is told. */
    final void drop() {
        if (!dropped) {
            dropped = true;
            if (pending.isPresent()) {
                resetAndNotifyPending(CopyResult.DROPPED);
            }
            unwanted();
        }
    }

    /** A guest will never read it to its end. */
    final void unwanted() {
        writer.ifPresent(HostWriter::unwanted);
    }

    /** The specification leaves out, for now, copies within one instance of what would have to be allocated. */
    final void checkInstances(Copier copier) {
        Copier other = pending.orElseThrow();
        boolean same = copier.instance().isPresent() && copier.instance().equals(other.instance());
        if (same && !type.isNoneOrNumber()) {
            throw Waitable.trap("cannot read from and write to intra-component stream or future with non-numeric payload");
        }
    }
}
