package dev.virga.host.shape;

import java.util.Arrays;

/** A record with rules between its fields. */
public interface Checked {

    /** Reports all that is wrong; called when each field is right by itself. */
    void check(Report report);

    /** Takes what is wrong. */
    interface Report {

        /**
         * @param text what is wrong and what to do
         * @param path from the record to the place: names of fields and numbers of list items
         */
        void problem(String text, Object... path);

        /** For a part of the record. */
        default Report at(Object... prefix) {
            return (text, path) -> {
                Object[] whole = Arrays.copyOf(prefix, prefix.length + path.length);
                System.arraycopy(path, 0, whole, prefix.length, path.length);
                problem(text, whole);
            };
        }
    }
}
