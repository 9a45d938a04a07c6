package dev.virga.wit;

import dev.virga.wit.Declarations.Extract;
import java.util.List;

/** Whether texts are the same but for space and comments. */
final class SameText {

    private SameText() {}

    static boolean in(List<Extract> one, List<Extract> other) {
        return bare(one).equals(bare(other));
    }

    private static String bare(List<Extract> extracts) {
        StringBuilder bare = new StringBuilder();
        for (Extract extract : extracts) {
            addBare(extract, bare);
            bare.append('\n');
        }
        return bare.toString();
    }

    private static void addBare(Extract extract, StringBuilder bare) {
        Source source = extract.source();
        Comments comments = new Comments(source);
        int at = extract.start();
        while (at < extract.end()) {
            int next = comments.skip(at, new StringBuilder());
            if (next > at) {
                bare.append(' ');
                at = next;
            } else if (source.text().charAt(at) == '"') {
                int end = StringLiteral.read(source, at).end();
                bare.append(source.text(), at, end);
                at = end;
            } else {
                bare.append(source.text().charAt(at++));
            }
        }
    }
}
