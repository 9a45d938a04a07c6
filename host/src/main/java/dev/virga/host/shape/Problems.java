package dev.virga.host.shape;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** What is wrong with one file. */
public final class Problems {

    private static final int MOST = 100;

    private final String file;
    private final List<Problem> found = new ArrayList<>();
    private int more;

    public Problems(String file) {
        this.file = file;
    }

    public String file() {
        return file;
    }

    public void add(Node.Mark mark, String path, String text) {
        if (!isFull()) {
            found.add(new Problem(file, mark.line(), mark.column(), path, text));
        } else {
            more++;
        }
    }

    /** Whether more are only counted, so that their texts need not be made. */
    boolean isFull() {
        return found.size() == MOST;
    }

    public boolean isEmpty() {
        return found.isEmpty();
    }

    /** In the order of the text; of very many only the first hundred that were found, and how many there are. */
    public List<Problem> list() {
        List<Problem> all = new ArrayList<>(found);
        all.sort(Comparator.comparingInt(Problem::line).thenComparingInt(Problem::column));
        if (more > 0) {
            Problem last = all.getLast();
            all.add(new Problem(file, last.line(), last.column(), "", "and " + more + " problems more"));
        }
        return all;
    }
}
