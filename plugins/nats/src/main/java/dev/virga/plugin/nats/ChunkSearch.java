package dev.virga.plugin.nats;

import io.nats.client.Message;
import io.nats.client.api.MessageInfo;
import java.io.IOException;
import java.util.Optional;

/** Finds the chunk that has a byte. */
record ChunkSearch(ObjectBucket bucket, StoredObject object, String nuid) {

    private static final int HEADERS = 512;
    private static final int MOST_TRIES = 100;

    /**
     * @param sequence of the chunk
     * @param index how many chunks come before
     * @param offset of the byte in the chunk
     */
    record Position(long sequence, long index, int offset) {}

    /** Empty if there is no such chunk. */
    Optional<Position> find(long start) throws IOException {
        Optional<MessageInfo> last = bucket.lastChunk(nuid);
        Optional<Position> found = Optional.empty();
        if (last.isPresent() && isEven(last.get())) {
            int offset = (int) (start % object.chunkSize());
            found = at(start / object.chunkSize(), last.get().getSeq())
                    .map(chunk -> new Position(chunk.sequence(), chunk.index(), offset));
        }
        return found.isPresent() ? found : walk(start);
    }

    /** Whether all chunks but the last are as long as they may be: then the last is not longer than what is left. */
    private boolean isEven(MessageInfo last) {
        int length = last.getData() == null ? 0 : last.getData().length;
        return object.chunkSize() > 0
                && length <= object.chunkSize()
                && object.chunks() <= object.size() / object.chunkSize() + 1
                && length == object.size() - (object.chunks() - 1) * object.chunkSize();
    }

    /**
     * The server does not know numbers of chunks, but says how many come after one. Sequence numbers have gaps where
     * something else was written meanwhile.
     */
    private Optional<Position> at(long wanted, long last) throws IOException {
        long low = 0;
        long lowIndex = -1;
        long high = last + 1;
        long highIndex = object.chunks();
        long guess = high - (highIndex - wanted); // right if there are no gaps
        for (int tries = 0; tries < MOST_TRIES && low < guess && guess < high; tries++) {
            Optional<Position> found = from(guess);
            if (found.isEmpty() || found.get().index() == wanted) {
                return found;
            }
            if (found.get().index() > wanted) {
                high = guess;
                highIndex = found.get().index();
            } else {
                low = found.get().sequence();
                lowIndex = found.get().index();
            }
            double share = tries % 2 == 0 ? (double) (wanted - lowIndex) / (highIndex - lowIndex) : 0.5;
            guess = Math.clamp(low + (long) (share * (high - low)), low + 1, Math.max(low + 1, high - 1));
        }
        return Optional.empty();
    }

    /** The first chunk from this sequence number on. */
    private Optional<Position> from(long sequence) throws IOException {
        var first = new Object() {
            private Optional<Position> position = Optional.empty();
        };
        bucket.calls().scan(bucket.chunks(nuid), new StreamScan(sequence, 1, true), message -> {
            long index = object.chunks() - 1 - message.metaData().pendingCount();
            first.position = Optional.of(new Position(message.metaData().streamSequence(), index, 0));
            return false;
        });
        return first.position;
    }

    /** Looks at the length of each chunk: not all programs make them equally long. */
    private Optional<Position> walk(long start) throws IOException {
        var walked = new Object() {
            private long bytes;
            private long chunks;
            private Optional<Position> position = Optional.empty();
        };
        bucket.calls().scan(bucket.chunks(nuid), new StreamScan(1, HEADERS, true), message -> {
            int length = length(message);
            if (start - walked.bytes < length) {
                walked.position = Optional.of(new Position(
                        message.metaData().streamSequence(), walked.chunks, (int) (start - walked.bytes)));
                return false;
            }
            walked.bytes += length;
            walked.chunks++;
            return walked.chunks < object.chunks();
        });
        return walked.position;
    }

    private static int length(Message message) {
        return Math.max(0, Integer.parseInt(message.getHeaders().getFirst("Nats-Msg-Size")));
    }
}
