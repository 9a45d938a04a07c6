package dev.virga.component.runtime;

/** {@code SharedFutureImpl} */
final class SharedFuture extends Shared {

    SharedFuture(ElementTypes.Key type) {
        super(type);
    }

    @Override
    void read(Copier reader) {
        if (pending().isEmpty()) {
            setPendingReader(reader);
        } else {
            complete(pending().get(), reader, reader);
        }
    }

    @Override
    void write(Copier writer) {
        if (isDropped()) {
            writer.done(CopyResult.DROPPED);
        } else if (pending().isEmpty()) {
            setPending(writer);
        } else {
            complete(writer, pending().get(), writer);
        }
    }

    private void complete(Copier from, Copier to, Copier arriving) {
        checkInstances(arriving);
        Buffer.move(from.buffer(), to.buffer(), 1);
        resetAndNotifyPending(CopyResult.COMPLETED);
        arriving.done(CopyResult.COMPLETED);
    }
}
