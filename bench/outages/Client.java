import java.io.IOException;
import java.net.ConnectException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.time.LocalTime;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

/** Asks one host, one request after the other, a new connection each, as long as it is one that has the workload. */
final class Client implements AutoCloseable {

    static final long PAUSE_MILLIS = 20;

    final AtomicInteger answered = new AtomicInteger();
    final AtomicInteger notAccepted = new AtomicInteger();
    /** Accepted and then broken, or answered with an error. */
    final AtomicInteger failed = new AtomicInteger();

    private final int port;
    private final Set<Integer> targets;
    private final Thread thread;
    private volatile String last = "";

    Client(int port, Set<Integer> targets) {
        this.port = port;
        this.targets = targets;
        thread = Thread.ofVirtual().start(this::ask);
    }

    /** What failed last, for a look. */
    String last() {
        return last;
    }

    private void ask() {
        try {
            while (true) {
                Thread.sleep(PAUSE_MILLIS);
                if (targets.contains(port)) {
                    askOnce();
                }
            }
        } catch (InterruptedException e) {
            // closed
        }
    }

    private void askOnce() {
        try {
            HttpURLConnection connection = (HttpURLConnection)
                    URI.create("http://127.0.0.1:" + port + "/").toURL().openConnection();
            connection.setRequestProperty("Connection", "close");
            connection.setConnectTimeout(5_000);
            connection.setReadTimeout(10_000);
            int code = connection.getResponseCode();
            if (code == 200) {
                connection.getInputStream().readAllBytes();
                answered.incrementAndGet();
            } else if (targets.contains(port)) {
                fail("status " + code);
            }
        } catch (ConnectException e) {
            notAccepted.incrementAndGet();
        } catch (IOException e) {
            fail(e.toString());
        }
    }

    private void fail(String why) {
        last = LocalTime.now() + " port " + port + ": " + why;
        failed.incrementAndGet();
    }

    void reset() {
        answered.set(0);
        notAccepted.set(0);
        failed.set(0);
        last = "";
    }

    @Override
    public void close() {
        thread.interrupt();
    }
}
