package dev.virga.link;

/** Answers calls. */
@FunctionalInterface
public interface LinkHandler {

    /**
     * Called on a thread of its own.
     *
     * @param most how many bytes an answer may have
     * @return the result, encoded
     * @throws LinkException which is told to the caller
     */
    byte[] answer(LinkCall call, int most);
}
