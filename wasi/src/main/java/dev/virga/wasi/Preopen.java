package dev.virga.wasi;

import dev.virga.wasi.filesystem.DiskQuota;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/**
 * A directory that the guest finds open when it starts.
 *
 * @param host the directory
 * @param guest the path by which the guest knows it
 * @param access what the guest may do with it and everything below
 * @param quota how much guests may write; {@link DiskQuota#NONE} if that is the owner's concern
 */
public record Preopen(Path host, String guest, Access access, DiskQuota quota) {

    /** What a guest may do. */
    public enum Access { READ_ONLY, READ_WRITE }

    public Preopen {
        if (guest.isEmpty()) {
            throw new WasiException.BadGrant("the guest's name for directory " + host + " is empty");
        }
    }

    public Preopen(Path host, String guest, Access access) {
        this(host, guest, access, DiskQuota.NONE);
    }

    /**
     * Understands {@code HOST[::GUEST][::ro]}. Without {@code GUEST} the guest sees the directory
     * under the host's name for it; {@code ro} makes it read-only.
     */
    public static Preopen parse(String text) {
        String[] parts = text.split("::", -1);
        boolean readOnly = parts.length > 1 && parts[parts.length - 1].equals("ro");
        int names = readOnly ? parts.length - 1 : parts.length;
        if (names > 2 || parts[0].isEmpty() || names == 2 && parts[1].isEmpty()) {
            throw new WasiException.BadGrant("'" + text + "' is no directory grant: write HOST[::GUEST][::ro]");
        }
        try {
            return new Preopen(
                    Path.of(parts[0]), parts[names - 1], readOnly ? Access.READ_ONLY : Access.READ_WRITE);
        } catch (InvalidPathException e) {
            throw new WasiException.BadGrant("'" + parts[0] + "' is no path: " + e.getReason());
        }
    }

    @Override
    public String toString() {
        return host + " as " + guest + (access == Access.READ_ONLY ? " (read-only)" : "");
    }
}
