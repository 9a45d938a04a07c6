package dev.virga.cli.host;

import dev.virga.wasi.Harmless;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;

/** Aligned columns for people. The last one is as wide as it is. */
public final class Table {

    private static final String GAP = "   ";

    private final int[] widths;
    private final List<List<String>> waiting = new ArrayList<>();

    public Table(List<String> titles) {
        this.widths = new int[titles.size()];
        add(titles);
    }

    public void add(List<String> row) {
        List<String> cells = row.stream().map(Harmless::text).toList();
        for (int i = 0; i < widths.length; i++) {
            widths[i] = Math.max(widths[i], cells.get(i).length());
        }
        waiting.add(cells);
    }

    /** Prints what was added since it was last called; columns never become narrower. */
    public void print(PrintStream out) {
        for (List<String> row : waiting) {
            StringBuilder line = new StringBuilder();
            for (int i = 0; i < widths.length; i++) {
                String cell = row.get(i);
                line.append(cell).repeat(' ', widths[i] - cell.length()).append(GAP);
            }
            out.println(line.toString().stripTrailing());
        }
        waiting.clear();
        out.flush();
    }

    /** Titles and cells as one table. */
    public static void print(PrintStream out, List<String> titles, List<List<String>> rows) {
        Table table = new Table(titles);
        rows.forEach(table::add);
        table.print(out);
    }
}
