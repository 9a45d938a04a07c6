package dev.virga.ingress;

/** Answers requests. */
@FunctionalInterface
public interface Service {

    /**
     * Called on a virtual thread of its own for each request. What it leaves unanswered, and any
     * exception, becomes 500 or, where an answer has begun, a message that is cut short.
     */
    void serve(Exchange exchange);
}
