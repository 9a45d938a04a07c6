package dev.virga.plugin;

import java.util.List;

/** Closes several things, the last one first. One that cannot be closed keeps no other from it. */
public final class Closing {

    private Closing() {}

    /** @throws IllegalStateException of the first that could not be closed, when all others are */
    public static void all(List<? extends AutoCloseable> things) {
        IllegalStateException failure = null;
        for (AutoCloseable thing : things.reversed()) {
            try {
                thing.close();
            } catch (Exception e) {
                if (failure == null) {
                    failure = new IllegalStateException("a part could not be closed: " + e.getMessage(), e);
                }
            }
        }
        if (failure != null) {
            throw failure;
        }
    }
}
