package dev.virga.telemetry;

import java.util.List;

/**
 * What a follower of a log reads at once.
 *
 * @param next cursor to read on from
 * @param missed lines that were dropped before they could be read
 * @param ended the workload is gone; nothing will come after these lines
 */
public record LogBatch(List<LogLine> lines, long next, long missed, boolean ended) {

    public LogBatch {
        lines = List.copyOf(lines);
    }
}
