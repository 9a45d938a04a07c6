package dev.virga.engine;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** An exception that a guest threw with a tag and did not catch. */
public final class GuestException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient Extern.Tag tag;
    private final transient List<Object> values;

    public GuestException(Extern.Tag tag, List<Object> values) {
        super("uncaught exception of the guest", null, false, false);
        this.tag = tag;
        this.values = Collections.unmodifiableList(new ArrayList<>(values));
    }

    public Extern.Tag tag() {
        return tag;
    }

    /** What the tag's type says; a null reference is null. */
    public List<Object> values() {
        return values;
    }
}
