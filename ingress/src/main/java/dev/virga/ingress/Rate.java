package dev.virga.ingress;

/**
 * How often something may happen (a token bucket).
 *
 * @param perSecond in the long run
 * @param burst at once, after a rest
 */
public record Rate(double perSecond, int burst) {

    public Rate {
        if (!(perSecond >= 0.001 && perSecond <= 1e9) || burst < 1) {
            throw new IllegalArgumentException("a rate is from 0.001 to 1e9 a second, with a burst of at least 1, not "
                    + perSecond + " with " + burst);
        }
    }
}
