package dev.virga.host.manifest;

import dev.virga.host.shape.Quoted;
import dev.virga.host.shape.Value;

/** A number of replicas, or a percentage of them. */
@Value(words = "a number or a percentage", pattern = "^[0-9]{1,6}%?$", example = "25%", numbers = true)
public record Portion(int amount, boolean percent) {

    private static final int ALL = 100;

    public static Portion parse(String text) {
        boolean percent = text.endsWith("%");
        int amount = Integer.parseInt(percent ? text.substring(0, text.length() - 1) : text);
        if (percent && amount > ALL) {
            throw new IllegalArgumentException(Quoted.of(text) + " is more than 100%");
        }
        return new Portion(amount, percent);
    }

    /** @param up whether a part of a replica counts as a whole one */
    public int of(int replicas, boolean up) {
        long hundredths = (long) amount * replicas;
        return percent ? Math.toIntExact((hundredths + (up ? ALL - 1 : 0)) / ALL) : amount;
    }

    @Override
    public String toString() {
        return amount + (percent ? "%" : "");
    }
}
