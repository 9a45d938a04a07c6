package dev.virga.component;

/**
 * Is told of every call that guests make of functions of the host, when it has ended. Called on the thread of the
 * call, which waits for it.
 *
 * @see Linker#trace
 */
public interface CallTrace {

    /**
     * @param function the interface's name and the function's, for example
     *     {@code wasi:io/poll@0.2.12 [method]pollable.block}
     * @param arguments as the host's code got them; of a method the resource first. They may not be changed
     * @param result null where there is none
     * @param nanos how long it took
     */
    void returned(String function, Object[] arguments, Object result, long nanos);

    /** It ended by an exception, which may be how the guest is stopped. */
    void failed(String function, Object[] arguments, Throwable failure, long nanos);
}
