package dev.virga.engine.nativecode;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.SynchronousQueue;

/** Virtual threads that answer others, so that those have to wait. */
final class StressEcho implements AutoCloseable {

    private static final int THREADS = 4;

    private record Question(int number, CompletableFuture<Integer> answer) {}

    private final SynchronousQueue<Question> questions = new SynchronousQueue<>();
    private final Thread[] threads = new Thread[THREADS];

    StressEcho() {
        for (int i = 0; i < THREADS; i++) {
            threads[i] = Thread.ofVirtual().start(this::answer);
        }
    }

    private void answer() {
        try {
            while (true) {
                Question question = questions.take();
                question.answer().complete(~question.number());
            }
        } catch (InterruptedException e) {
            // It was closed.
        }
    }

    /** Hands a number over and waits for the answer. */
    void ask(int number) {
        Question question = new Question(number, new CompletableFuture<>());
        try {
            questions.put(question);
            if (question.answer().get() != ~number) {
                throw new AssertionError("another's answer");
            }
        } catch (InterruptedException | ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    synchronized void underItsMonitor(Runnable action) {
        action.run();
    }

    @Override
    public void close() {
        for (Thread thread : threads) {
            thread.interrupt();
        }
    }
}
