package dev.virga.wasi;

/**
 * Is told of every use of a grant and of every refusal, for audit logs and counters. Called on the
 * guest's thread, as often as the guest likes: it must be quick and must bound what it keeps. The
 * kind is one of a few words such as {@code outgoing HTTP}; the target may hold text of the guest,
 * without control characters and cut at 200.
 */
public interface CapabilityListener {

    void used(String kind, String target);

    void refused(String kind, String target);
}
