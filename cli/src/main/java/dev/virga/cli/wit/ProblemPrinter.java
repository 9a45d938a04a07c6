package dev.virga.cli.wit;

import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.virga.wit.Problem;
import java.util.List;
import java.util.Locale;

/** Tells programs what is wrong in WIT. */
final class ProblemPrinter {

    private ProblemPrinter() {}

    static void json(List<Problem> problems, ArrayNode to) {
        for (Problem problem : problems) {
            to.addObject()
                    .put("severity", problem.severity().name().toLowerCase(Locale.ROOT))
                    .put("file", problem.file())
                    .put("line", problem.line())
                    .put("column", problem.column())
                    .put("message", problem.text());
        }
    }
}
