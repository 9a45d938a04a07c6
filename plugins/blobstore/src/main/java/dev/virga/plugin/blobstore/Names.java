package dev.virga.plugin.blobstore;

import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** A listing of a container, of which one call gets no more than the workload's limit. */
final class Names implements Closeable {

    private final Lease lease;
    private final BlobListing listing;
    private final int most;
    private boolean ended;

    Names(BlobSession session, ContainerId container) throws IOException {
        this.most = session.limits().listed();
        // A backend may hold a page of the longest names.
        this.lease = session.lease((long) most * session.limits().keyBytes());
        try {
            this.listing = lease.holding(session.backend().list(container));
        } catch (IOException | RuntimeException | Error e) {
            lease.close();
            throw e;
        }
    }

    /** Whether there are no more. */
    boolean ended() {
        return ended;
    }

    /** @param max unsigned; if more than the limit, that counts */
    List<String> next(long max) throws IOException {
        int wanted = Long.compareUnsigned(max, most) > 0 ? most : (int) max;
        List<String> names = new ArrayList<>();
        while (!ended && names.size() < wanted) {
            List<String> more = listing.next(wanted - names.size());
            ended = more.isEmpty();
            names.addAll(more);
        }
        return names;
    }

    @Override
    public void close() throws IOException {
        lease.close();
    }
}
