package dev.virga.wasi;

/**
 * How much of the host one instance may hold at a time.
 *
 * @param descriptors open files, directories and directory streams
 * @param sockets open sockets
 * @param randomBytes the most random bytes that one call may ask for; more trap
 * @param network shared by all instances of a workload
 */
public record WasiLimits(int descriptors, int sockets, int randomBytes, NetworkQuota network) {

    /** For one workload: its quota is not to be shared with another. */
    public static WasiLimits standard() {
        return new WasiLimits(4096, 1024, 16 << 20, NetworkQuota.standard());
    }
}
