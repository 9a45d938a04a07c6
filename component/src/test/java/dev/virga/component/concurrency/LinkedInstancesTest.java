package dev.virga.component.concurrency;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.virga.component.ComponentInstance;
import dev.virga.component.Guests;
import dev.virga.component.Linker;
import dev.virga.component.PreparedComponent;
import dev.virga.component.concurrency.Waits.Calling;
import dev.virga.engine.Limiter;
import dev.virga.engine.Trap;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Instances that call each other's asynchronous functions and pass streams and futures to each other. */
@Timeout(value = 20, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class LinkedInstancesTest {

    @Test
    void aStreamOfOneInstanceIsReadByAnother() {
        try (Waits writer = Waits.pipes();
                Waits reader = Waits.pipes()) {
            Object digits = writer.call("digits", 16, 5);
            assertEquals(16 * '0' + 30, reader.call("sum", digits, 7));
            assertEquals(0, reader.instance.handles());
        }
    }

    @Test
    void textsAndFuturesGoFromInstanceToInstance() throws Exception {
        try (Waits writer = Waits.pipes();
                Waits reader = Waits.pipes()) {
            assertEquals(3 * 5, reader.call("lengths", writer.call("words", 3)));
            Object promise = writer.call("promise", 1);
            Calling await = reader.start("await", promise);
            writer.begun.acquire();
            writer.answer(1, 11);
            assertEquals(11, await.get());
        }
    }

    @Test
    void instancesThatDropEachOthersStreamsDoNotWaitForEachOther() throws Exception {
        for (int i = 0; i < 50; i++) {
            try (Waits one = Waits.pipes();
                    Waits two = Waits.pipes()) {
                InputStream ofOne = (InputStream) one.call("broken");
                InputStream ofTwo = (InputStream) two.call("broken");
                Calling first = one.start("ignore", ofTwo);
                Calling second = two.start("ignore", ofOne);
                first.get();
                second.get();
            }
        }
    }

    @Test
    void aTrapOfTheWriterReachesTheReader() throws Exception {
        try (Waits writer = Waits.pipes();
                Waits reader = Waits.pipes()) {
            Object broken = writer.call("broken");
            Calling sum = reader.start("sum", broken, 7);
            writer.answer(1, 0);
            assertInstanceOf(Trap.class, sum.failure());
        }
    }

    @Test
    void closingTheWriterEndsTheReader() throws Exception {
        try (Waits reader = Waits.pipes()) {
            Waits writer = Waits.pipes();
            Calling sum = reader.start("sum", writer.call("broken"), 7);
            writer.begun.acquire();
            writer.close();
            assertInstanceOf(Trap.class, sum.failure());
        }
    }

    @Test
    void cancellingACallThroughTwoInstancesCancelsBoth() throws Exception {
        try (Waits inner = new Waits()) {
            Linker<Void> linker = new Linker<>();
            linker.define("wait", Waits.func(
                    true,
                    inner.function("callback").type().result(),
                    args -> inner.call("callback", args),
                    inner.function("callback").type().params().getFirst().type()));
            linker.define("note", Waits.func(
                    false, Optional.empty(), _ -> null,
                    inner.function("callback").type().params().getFirst().type()));
            PreparedComponent<Void> outer = linker.prepare(Guests.load("tasks"));
            try (ComponentInstance instance = outer.instantiate(null, Limiter.UNLIMITED)) {
                CompletableFuture<Throwable> end = new CompletableFuture<>();
                Thread caller = Thread.ofPlatform().start(() -> end.complete(assertThrows(
                        Throwable.class,
                        () -> outer.function("callback").orElseThrow().call(instance, 1))));
                inner.begun.acquire();
                caller.interrupt();
                assertInstanceOf(CancellationException.class, end.get());
                assertEquals(List.of(1), inner.interrupted);
                inner.answer(2, 22);
                assertEquals(22, outer.function("stackful").orElseThrow().call(instance, 2));
                assertEquals(0, instance.handles() + inner.instance.handles());
            }
        }
    }

    @Test
    void anEndThatWasGivenAwayIsNoLongerTheHosts() throws Exception {
        try (Waits waits = Waits.pipes()) {
            InputStream digits = (InputStream) waits.call("digits", 3, 3);
            assertEquals(3 * '0' + 3, waits.call("sum", digits, 9));
            assertEquals(-1, digits.read());
            digits.close();
            Future<?> promise = (Future<?>) waits.call("promise", 1);
            waits.answer(1, 5);
            assertEquals(5, waits.call("await", promise));
            assertThrows(CancellationException.class, promise::get);
            InputStream closed = (InputStream) waits.call("digits", 3, 3);
            closed.close();
            assertEquals(0, waits.call("sum", closed, 9));
            assertEquals(6, waits.call("sum", new ByteArrayInputStream(new byte[] {1, 2, 3}), 9));
        }
    }
}
