package dev.virga.link;

/** Arguments of a call that came from elsewhere. They are charged for until this is closed. */
public final class Arguments implements AutoCloseable {

    private final Object[] values;
    private final WireReader charged;

    Arguments(Object[] values, WireReader charged) {
        this.values = values;
        this.charged = charged;
    }

    public Object[] values() {
        return values;
    }

    @Override
    public void close() {
        charged.close();
    }
}
