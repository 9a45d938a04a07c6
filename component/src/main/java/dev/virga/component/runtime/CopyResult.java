package dev.virga.component.runtime;

/** How a copy from or to a stream or future ended; the ordinals are the guest's codes. */
enum CopyResult {
    COMPLETED,
    DROPPED,
    CANCELLED
}
