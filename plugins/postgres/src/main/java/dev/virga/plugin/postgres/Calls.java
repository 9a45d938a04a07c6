package dev.virga.plugin.postgres;

import dev.virga.plugin.CallSpan;
import dev.virga.plugin.Grant;
import dev.virga.plugin.InstanceContext;
import java.sql.SQLException;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Runs what an instance wants done on a connection. The work has a thread of its own: the driver does not heed an
 * interruption of the caller's, which is how a host call learns that the guest is stopped.
 */
final class Calls {

    /** The server ends a statement by itself; only if it does not, the host does. */
    private static final long GRACE_MILLIS = 1000;

    private final Grant grant;
    private final InstanceContext instance;
    private final Pool pool;
    private final String database;
    private final PostgresLimits limits;

    Calls(Grant grant, InstanceContext instance, Pool pool, String database, PostgresLimits limits) {
        this.grant = grant;
        this.instance = instance;
        this.pool = pool;
        this.database = database;
        this.limits = limits;
    }

    interface Work<T> {
        T on(Session session) throws SQLException;
    }

    PostgresLimits limits() {
        return limits;
    }

    InstanceContext instance() {
        return instance;
    }

    Charge charge() {
        return new Charge(instance.limiter());
    }

    /** @throws QueryFailure if it fails, takes too long or is interrupted; the thread then stays so */
    <T> T run(String what, Charge charge, Work<T> work) {
        instance.used(grant, what);
        try (CallSpan span = instance.storing("postgresql", what, database)) {
            try {
                return run(charge, work);
            } catch (QueryFailure e) {
                span.failed(e.getClass().getSimpleName().toLowerCase(Locale.ROOT));
                throw e;
            } catch (RuntimeException | Error e) {
                span.failed("other");
                throw e;
            }
        }
    }

    private <T> T run(Charge charge, Work<T> work) {
        try {
            pool.enter();
        } catch (InterruptedException e) {
            throw interrupted();
        }
        Running<T> running = new Running<>(pool, limits, charge, work);
        Thread worker = Thread.ofVirtual().name("postgres").start(running);
        try {
            return running.result.get(limits.timeout().toMillis() + GRACE_MILLIS, TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw failure(e.getCause());
        } catch (TimeoutException e) {
            running.stop(worker);
            throw new QueryFailure.Unexpected(
                    "57014: the call took longer than " + limits.timeout().toMillis() + " ms");
        } catch (InterruptedException e) {
            running.stop(worker);
            throw interrupted();
        }
    }

    private static QueryFailure interrupted() {
        Thread.currentThread().interrupt();
        return new QueryFailure.Unexpected("57014: the call was stopped");
    }

    private static RuntimeException failure(Throwable cause) {
        return switch (cause) {
            case QueryFailure failure -> failure;
            case SQLException e -> Failures.of(e);
            case Error e -> throw e;
            default -> new IllegalStateException("a statement could not be run", cause);
        };
    }

    private static final class Running<T> implements Runnable {

        final CompletableFuture<T> result = new CompletableFuture<>();
        private final Pool pool;
        private final PostgresLimits limits;
        private final Charge charge;
        private final Work<T> work;
        /** The one that is this call's now; guarded by this, as the next is. */
        private Session session;

        private boolean stopped;

        Running(Pool pool, PostgresLimits limits, Charge charge, Work<T> work) {
            this.pool = pool;
            this.limits = limits;
            this.charge = charge;
            this.work = work;
        }

        @Override
        public void run() {
            try {
                Session taken = pool.take();
                if (hold(taken)) {
                    on(taken);
                } else {
                    taken.stop();
                }
            } catch (Throwable e) {
                result.completeExceptionally(e);
            } finally {
                result.cancel(false); // if it has no result yet
                pool.leave();
            }
        }

        /** Whether the call still wants it. */
        private synchronized boolean hold(Session taken) {
            session = stopped ? null : taken;
            return !stopped;
        }

        /** Whether it may go to others: it is not being ended. */
        private synchronized boolean letGo() {
            session = stopped ? session : null;
            return !stopped;
        }

        /** The caller goes on before the connection is made ready for the next. */
        private void on(Session taken) {
            boolean usable = false;
            T done = null;
            Throwable failed = null;
            try {
                taken.guard().begin(charge, limits.bytes());
                done = work.on(taken);
                usable = true;
            } catch (SQLException e) {
                usable = Failures.survives(e);
                failed = e;
            } catch (QueryFailure e) {
                usable = true;
                failed = e;
            } catch (Throwable e) {
                failed = e;
            }
            taken.guard().end();
            if (failed == null) {
                result.complete(done);
            } else {
                result.completeExceptionally(failed);
            }
            boolean ready = false;
            try {
                if (usable) {
                    taken.reset();
                    ready = true;
                }
            } catch (SQLException | RuntimeException e) { // of the latter too, if what answers is no server
                // another one is opened when it is needed
            }
            if (letGo() && ready) {
                pool.giveBack(taken);
            } else {
                taken.stop();
            }
        }

        /** Ends the work, here and on the server. What comes back then is thrown away, and the connection too. */
        void stop(Thread worker) {
            Session current;
            synchronized (this) {
                stopped = true;
                current = session;
            }
            if (current == null) {
                worker.interrupt();
            } else {
                Thread canceller = Thread.ofVirtual().name("postgres cancel").start(current::cancel);
                Thread stopper = Thread.ofVirtual().start(() -> {
                    try {
                        canceller.join(TimeUnit.SECONDS.toMillis(1));
                    } catch (InterruptedException e) {
                        // the connection is ended all the sooner
                    }
                    current.stop();
                });
                join(stopper);
            }
            join(worker);
        }

        private static void join(Thread thread) {
            boolean interrupted = false;
            while (true) {
                try {
                    thread.join();
                    break;
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
