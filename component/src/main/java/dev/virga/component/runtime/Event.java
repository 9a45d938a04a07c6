package dev.virga.component.runtime;

/** What a guest learns of a waitable ({@code EventTuple}). */
record Event(int code, int first, int second) {

    static final int SUBTASK = 1;
    static final int STREAM_READ = 2;
    static final int STREAM_WRITE = 3;
    static final int FUTURE_READ = 4;
    static final int FUTURE_WRITE = 5;

    static final Event NONE = new Event(0, 0, 0);
    static final Event TASK_CANCELLED = new Event(6, 0, 0);
}
