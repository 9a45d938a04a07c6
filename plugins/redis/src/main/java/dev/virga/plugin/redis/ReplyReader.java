package dev.virga.plugin.redis;

import java.io.IOException;

/** Follows the lengths in a reply of version 2 of Redis's protocol, and refuses what is too large or no reply. */
final class ReplyReader {

    private static final int LONGEST_LINE = 64 << 10;
    private static final int LONGEST_NUMBER = 20;
    private static final int DEEPEST = 8;

    /** An element of a list has no fewer bytes. */
    private static final int LEAST_ELEMENT = 4;

    private long budget;
    private long skipped;
    private int type;
    private int length;
    private long number;
    private boolean negative;
    /** How many elements are still to come of each list that has begun, the innermost last. */
    private final long[] left = new long[DEEPEST];

    private int depth;

    /** @param most bytes that come next */
    void expect(long most) {
        budget = most;
    }

    /** @throws IOException if these bytes cannot come next */
    void check(byte[] bytes, int offset, int count) throws IOException {
        budget -= count;
        if (budget < 0) {
            throw new Guard.TooLarge();
        }
        int end = offset + count;
        for (int i = offset; i < end; ) {
            if (skipped > 0) {
                int step = (int) Math.min(skipped, end - i);
                skipped -= step;
                i += step;
            } else {
                line(bytes[i++]);
            }
        }
    }

    private void line(byte b) throws IOException {
        if (type == 0) {
            if (b != '+' && b != '-' && b != ':' && b != '$' && b != '*') {
                throw new IOException("what answers is no Redis");
            }
            type = b;
            length = 0;
            number = 0;
            negative = false;
        } else if (b == '\n') {
            end();
            type = 0;
        } else if (++length > LONGEST_LINE) {
            throw new IOException("what answers is no Redis: a line has more than " + LONGEST_LINE + " bytes");
        } else if (type != '+' && type != '-') {
            digit(b);
        }
    }

    private void digit(byte b) throws IOException {
        if (b == '-' && length == 1) {
            negative = true;
        } else if (b >= '0' && b <= '9' && length <= LONGEST_NUMBER) {
            number = number * 10 + b - '0';
        } else if (b != '\r') {
            throw new IOException("what answers is no Redis: a length is no number");
        }
    }

    private void end() throws IOException {
        if (type == '$' && !negative) {
            if (number < 0 || number > budget + LONGEST_LINE) {
                throw new Guard.TooLarge();
            }
            skipped = number + 2;
        }
        if (type == '*' && !negative && number != 0) {
            if (number < 0 || number > (budget + LONGEST_LINE) / LEAST_ELEMENT) {
                throw new Guard.TooLarge();
            }
            if (depth == DEEPEST) {
                throw new IOException("what answers is no Redis: lists in lists");
            }
            left[depth++] = number;
        } else {
            while (depth > 0 && --left[depth - 1] == 0) { // the last element of a list ends that too
                depth--;
            }
        }
    }
}
