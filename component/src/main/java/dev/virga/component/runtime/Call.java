package dev.virga.component.runtime;

/** The caller's side of a call of an asynchronous function ({@code OnStart}, {@code OnResolve}). */
interface Call {

    /** The arguments, asked for once, when the callee is about to begin. */
    Object[] start();

    /** @param result one value, or none */
    void returned(Object[] result);

    /** The callee was cancelled and gives no result. */
    void cancelled();
}
