package dev.virga.telemetry;

/** What the audit log takes. */
public enum AuditMode {
    OFF,
    /** Only what was refused. */
    REFUSED,
    /** Every use of a grant as well. */
    ALL
}
