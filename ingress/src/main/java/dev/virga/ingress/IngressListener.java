package dev.virga.ingress;

/**
 * Told of each request that a service is asked to answer; for access logs, metrics and traces. Called on the
 * threads that handle requests, so it neither waits nor throws.
 */
public interface IngressListener {

    /** The service is about to be asked. */
    void begun(Exchange exchange);

    /** All is over, also for the client. */
    void ended(Exchange exchange, Outcome outcome);

    /**
     * @param status the answer's; 0 if none was sent
     * @param received the bytes of the request's body that were read
     * @param sent the bytes of the answer's body
     * @param nanos since the request's head was there
     * @param whole false if the answer was cut short or the client left
     */
    record Outcome(int status, long received, long sent, long nanos, boolean whole) {}
}
