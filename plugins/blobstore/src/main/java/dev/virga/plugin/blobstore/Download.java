package dev.virga.plugin.blobstore;

import java.io.IOException;
import java.io.InputStream;

/** Bytes on their way out of an object. Used by one thread at a time. */
final class Download extends InputStream {

    private final BlobSession session;
    private final Lease lease;
    private final BlobRead source;
    private long left;

    Download(BlobSession session, BlobId object, long start, long end) throws IOException {
        this.session = session;
        this.lease = session.lease(0);
        try {
            this.source = lease.holding(session.backend().read(object, start, end));
        } catch (IOException | RuntimeException | Error e) {
            lease.close();
            throw e;
        }
        this.left = source.size();
    }

    /** How many bytes are still to be read. */
    long left() {
        return left;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        if (left == 0) {
            return -1;
        }
        int count = source.bytes().read(bytes, offset, (int) Math.min(length, left));
        if (count < 0) {
            throw new BlobException(BlobException.Reason.OTHER, "the object ended " + left + " bytes too early");
        }
        left -= count;
        return count;
    }

    /** All that is left, if one value may be so large. */
    byte[] readWhole() throws IOException {
        int most = session.limits().valueBytes();
        if (left > most) {
            throw session.refused(BlobException.Reason.QUOTA, "the value has " + left + " bytes, more than the " + most
                    + " that may be read at once; read it as a stream");
        }
        lease.grow(left);
        return readNBytes((int) left);
    }

    @Override
    public void close() throws IOException {
        lease.close();
    }
}
