package dev.virga.wasi;

/**
 * What all instances of one workload may have of the network together, at a time.
 *
 * @param connections TCP connections either way, UDP sockets that send or receive, and HTTP requests
 *     that are not over; each holds up to 128 KiB of buffers
 * @param lookups names that are being resolved; each holds a thread of the platform
 */
public record NetworkQuota(Quota connections, Quota lookups) {

    /** 512 connections and 16 look-ups. */
    public static NetworkQuota standard() {
        return new NetworkQuota(new Quota(512), new Quota(16));
    }
}
