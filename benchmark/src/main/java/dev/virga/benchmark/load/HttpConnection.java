package dev.virga.benchmark.load;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;

/**
 * One connection of HTTP/1.1 for requests one after the other. It does as little as it can, since it runs beside what
 * it measures; a client that keeps bodies, redirects and cookies would take more time than many a server.
 */
public final class HttpConnection implements AutoCloseable {

    /** @param body as much of it as was asked for */
    public record Answer(int status, byte[] body) {

        public boolean good() {
            return status >= 200 && status < 400;
        }
    }

    private static final int LONGEST_LINE = 16 * 1024;
    private static final int MOST_HEADERS = 1000;

    private final Socket socket = new Socket();
    private final InputStream in;
    private boolean open = true;

    /** @param patience of each read; an answer that pauses for longer is a failure */
    public HttpConnection(InetSocketAddress address, Duration patience) throws IOException {
        try {
            socket.setTcpNoDelay(true);
            socket.setSoTimeout((int) patience.toMillis());
            socket.connect(address, (int) patience.toMillis());
            in = new BufferedInputStream(socket.getInputStream(), 16 * 1024);
        } catch (IOException | RuntimeException e) {
            socket.close();
            throw e;
        }
    }

    /** Whether another request may be sent. */
    public boolean isOpen() {
        return open;
    }

    /**
     * Sends a request and reads its answer whole.
     *
     * @param keep how many bytes of the body to return; the rest is read and dropped
     */
    public Answer exchange(byte[] request, int keep) throws IOException {
        open = false; // until the answer has been read whole
        socket.getOutputStream().write(request);
        int status = status(line());
        while (status >= 100 && status < 200) {
            headers();
            status = status(line());
        }
        Headers headers = headers();
        boolean head = request.length > 5 && new String(request, 0, 5, StandardCharsets.ISO_8859_1).equals("HEAD ");
        ByteArrayOutputStream kept = new ByteArrayOutputStream(Math.min(keep, 1024));
        if (head || status == 204 || status == 304) {
            // has no body, whatever its headers say
        } else if (headers.chunked) {
            for (int size = chunk(); size > 0; size = chunk()) {
                take(size, keep, kept);
                line();
            }
            headers();
        } else if (headers.length >= 0) {
            take(headers.length, keep, kept);
        } else {
            takeAll(keep, kept);
            headers.close = true;
        }
        open = !headers.close;
        return new Answer(status, kept.toByteArray());
    }

    private static int status(String line) throws IOException {
        try {
            int status = line.startsWith("HTTP/1.") && line.length() >= 12 ? Integer.parseInt(line, 9, 12, 10) : 0;
            if (status >= 100) {
                return status;
            }
        } catch (NumberFormatException e) {
            // below
        }
        throw new IOException("no answer of HTTP/1.1: " + line);
    }

    private static final class Headers {
        private long length = -1;
        private boolean chunked;
        private boolean close;
    }

    private Headers headers() throws IOException {
        Headers headers = new Headers();
        int count = 0;
        for (String line = line(); !line.isEmpty(); line = line()) {
            if (++count > MOST_HEADERS) {
                throw new IOException("more than " + MOST_HEADERS + " headers");
            }
            int colon = line.indexOf(':');
            String value = line.substring(colon + 1).strip();
            switch (line.substring(0, Math.max(0, colon)).toLowerCase(Locale.ROOT)) {
                case "content-length" -> headers.length = number(value, 10);
                case "transfer-encoding" -> headers.chunked = value.equalsIgnoreCase("chunked");
                case "connection" -> headers.close = value.equalsIgnoreCase("close");
                default -> {}
            }
        }
        return headers;
    }

    private static long number(String digits, int radix) throws IOException {
        try {
            long number = Long.parseLong(digits, radix);
            if (number >= 0) {
                return number;
            }
        } catch (NumberFormatException e) {
            // below
        }
        throw new IOException("no length: " + digits);
    }

    private int chunk() throws IOException {
        long size = number(line().split(";", 2)[0].strip(), 16);
        if (size > Integer.MAX_VALUE) {
            throw new IOException("a chunk of " + size + " bytes");
        }
        return (int) size;
    }

    private void take(long size, int keep, ByteArrayOutputStream kept) throws IOException {
        int wanted = (int) Math.min(size, keep - kept.size());
        byte[] begin = in.readNBytes(wanted);
        kept.writeBytes(begin);
        if (begin.length < wanted) {
            throw new EOFException("the answer broke off");
        }
        in.skipNBytes(size - wanted);
    }

    private void takeAll(int keep, ByteArrayOutputStream kept) throws IOException {
        kept.writeBytes(in.readNBytes(keep));
        in.transferTo(java.io.OutputStream.nullOutputStream());
    }

    private String line() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream(64);
        for (int b = in.read(); b != '\n'; b = in.read()) {
            if (b < 0) {
                throw new EOFException("the connection was closed before the answer's end");
            }
            if (line.size() >= LONGEST_LINE) {
                throw new IOException("a line of more than " + LONGEST_LINE + " bytes");
            }
            if (b != '\r') {
                line.write(b);
            }
        }
        return line.toString(StandardCharsets.ISO_8859_1);
    }

    @Override
    public void close() {
        open = false;
        try {
            socket.close();
        } catch (IOException e) {
            // it is gone either way
        }
    }
}
