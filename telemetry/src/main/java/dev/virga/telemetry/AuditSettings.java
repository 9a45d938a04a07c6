package dev.virga.telemetry;

import java.nio.file.Path;
import java.util.Optional;

/**
 * Where the audit log goes.
 *
 * @param file standard output if empty
 * @param fileBytes a file that would grow larger is renamed to {@code FILE.1}, that one to {@code FILE.2}, and so on
 * @param oldFiles how many of these are kept
 * @param perSecond records of one workload; what is beyond is counted
 */
public record AuditSettings(AuditMode mode, Optional<Path> file, long fileBytes, int oldFiles, int perSecond) {

    /** What is refused, to standard output. */
    public static final AuditSettings DEFAULT =
            new AuditSettings(AuditMode.REFUSED, Optional.empty(), 64 << 20, 5, 100);

    public AuditSettings {
        if (fileBytes < 4096 || oldFiles < 0 || perSecond < 1) {
            throw new IllegalArgumentException("an audit file must have room for 4096 bytes, keep 0 or more old files"
                    + " and take 1 record per second: " + fileBytes + ", " + oldFiles + ", " + perSecond);
        }
    }
}
