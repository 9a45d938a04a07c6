package dev.virga.wasi;

/**
 * How much of the host one instance may hold at a time.
 *
 * @param descriptors open files, directories and directory streams
 * @param sockets open sockets
 * @param randomBytes the most random bytes that one call may ask for; more trap
 */
public record WasiLimits(int descriptors, int sockets, int randomBytes) {

    public static final WasiLimits DEFAULT = new WasiLimits(4096, 1024, 16 << 20);
}
