package dev.virga.plugin.blobstore;

import java.io.Closeable;
import java.io.IOException;
import java.util.List;

/** Goes through names. Used by one thread at a time. */
public interface BlobListing extends Closeable {

    /** The next names, at most {@code max} and at least one unless there are no more. */
    List<String> next(int max) throws IOException;
}
