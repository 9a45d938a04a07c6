package dev.virga.plugin.keyvalue;

import java.nio.ByteBuffer;
import java.util.zip.CRC32C;
import org.h2.mvstore.DataUtils;
import org.h2.mvstore.MVStoreException;
import org.h2.mvstore.WriteBuffer;
import org.h2.mvstore.type.BasicDataType;

/** How an entry is written: version, expiry, length, bytes, and a checksum, since the pages of the file have none. */
final class EntryType extends BasicDataType<Entry> {

    private static final int HEAD = 8 + 8 + 4;

    @Override
    public int getMemory(Entry entry) {
        return HEAD + 48 + entry.value().length;
    }

    @Override
    public void write(WriteBuffer out, Entry entry) {
        out.putLong(entry.version()).putLong(entry.expires()).putInt(entry.value().length);
        out.put(entry.value()).putInt(checksum(entry));
    }

    @Override
    public Entry read(ByteBuffer in) {
        if (in.remaining() < HEAD) {
            throw damaged();
        }
        long version = in.getLong();
        long expires = in.getLong();
        int length = in.getInt();
        if (length < 0 || length > in.remaining() - 4) {
            throw damaged();
        }
        byte[] value = new byte[length];
        in.get(value);
        Entry entry = new Entry(version, expires, value);
        if (in.getInt() != checksum(entry)) {
            throw damaged();
        }
        return entry;
    }

    private static int checksum(Entry entry) {
        CRC32C crc = new CRC32C();
        ByteBuffer head = ByteBuffer.allocate(16).putLong(entry.version()).putLong(entry.expires());
        crc.update(head.flip());
        crc.update(entry.value());
        return (int) crc.getValue();
    }

    private static MVStoreException damaged() {
        return DataUtils.newMVStoreException(DataUtils.ERROR_FILE_CORRUPT, "a value does not fit its checksum");
    }

    @Override
    public Entry[] createStorage(int size) {
        return new Entry[size];
    }
}
