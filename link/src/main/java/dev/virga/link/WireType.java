package dev.virga.link;

/** How values of one type travel. In memory they are as {@link dev.virga.component.ExportedFunction#call} says. */
interface WireType {

    /** The fewest bytes that a value takes; at least 1, for no type has nothing to say. */
    int least();

    void write(WireWriter out, Object value);

    Object read(WireReader in);
}
