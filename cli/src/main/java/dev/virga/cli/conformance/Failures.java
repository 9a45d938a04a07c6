package dev.virga.cli.conformance;

/** Words for failures. */
final class Failures {

    private static final int FRAMES = 4;

    private Failures() {}

    /** Where an exception that should not be came from. */
    static String firstFrames(Throwable e) {
        StringBuilder text = new StringBuilder();
        StackTraceElement[] frames = e.getStackTrace();
        for (int i = 0; i < Math.min(FRAMES, frames.length); i++) {
            text.append(i == 0 ? " at " : " < ")
                    .append(frames[i].getFileName())
                    .append(':')
                    .append(frames[i].getLineNumber());
        }
        return text.toString();
    }
}
