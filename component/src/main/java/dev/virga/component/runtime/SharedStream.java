package dev.virga.component.runtime;

/** {@code SharedStreamImpl} */
final class SharedStream extends Shared {

    SharedStream(ElementTypes.Key type) {
        super(type);
    }

    @Override
    void read(Copier reader) {
        if (isDropped()) {
            reader.done(CopyResult.DROPPED);
        } else if (pending().isEmpty()) {
            setPendingReader(reader);
        } else {
            checkInstances(reader);
            Copier writer = pending().get();
            if (writer.buffer().remain() > 0) {
                copy(writer, reader, writer, reader);
            } else {
                resetAndNotifyPending(CopyResult.COMPLETED);
                setPendingReader(reader);
            }
        }
    }

    @Override
    void write(Copier writer) {
        if (isDropped()) {
            writer.done(CopyResult.DROPPED);
        } else if (pending().isEmpty()) {
            setPending(writer);
        } else {
            checkInstances(writer);
            Copier reader = pending().get();
            if (reader.buffer().remain() > 0) {
                copy(writer, reader, reader, writer);
            } else if (writer.buffer().isZeroLength() && reader.buffer().isZeroLength()) {
                writer.done(CopyResult.COMPLETED);
            } else {
                resetAndNotifyPending(CopyResult.COMPLETED);
                setPending(writer);
            }
        }
    }

    private static void copy(Copier from, Copier to, Copier waiting, Copier arriving) {
        int count = Math.min(from.buffer().remain(), to.buffer().remain());
        if (arriving.buffer().remain() > 0) {
            Buffer.move(from.buffer(), to.buffer(), count);
            waiting.copied();
        }
        arriving.done(CopyResult.COMPLETED);
    }
}
