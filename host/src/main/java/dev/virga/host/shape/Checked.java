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

        /** Whether more problems are only counted, so that costly texts need not be made. */
        boolean isFull();

        /** For a part of the record. */
        default Report at(Object... prefix) {
            Report whole = this;
            return new Report() {
                @Override
                public void problem(String text, Object... path) {
                    Object[] both = Arrays.copyOf(prefix, prefix.length + path.length);
                    System.arraycopy(path, 0, both, prefix.length, path.length);
                    whole.problem(text, both);
                }

                @Override
                public boolean isFull() {
                    return whole.isFull();
                }
            };
        }
    }
}
