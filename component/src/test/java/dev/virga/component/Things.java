package dev.virga.component;

import dev.virga.wit.Features;
import dev.virga.wit.Interface;
import dev.virga.wit.Resolution;
import dev.virga.wit.Source;
import java.util.ArrayList;
import java.util.List;

/** The host's side of the guest {@code things}. */
public class Things {

    static final String WIT = """
            package test:host@0.2.5;

            interface things {
              resource thing {
                constructor(number: u32);
                number: func() -> u32;
                swallow: static func(thing: thing) -> u32;
                label: static func(thing: thing, text: string);
              }
            }
            """;

    /** A resource that knows whether it was closed. */
    public static final class Thing implements AutoCloseable {
        final int number;
        int closed;

        Thing(int number) {
            this.number = number;
        }

        public int number() {
            return number;
        }

        @Override
        public void close() {
            closed++;
        }
    }

    /** All things that this host made. */
    final List<Thing> made = new ArrayList<>();

    public Thing newThing(int number) {
        Thing thing = new Thing(number);
        made.add(thing);
        return thing;
    }

    public int thingSwallow(Thing thing) {
        return thing.number;
    }

    public void thingLabel(Thing thing, String text) {
        throw new AssertionError("no guest of these tests gets as far as this");
    }

    static Interface wit(String text, String name) {
        return Resolution.of(Features.ALL, new Source(name + ".wit", text)).packages().getFirst().findInterface(name)
                .orElseThrow();
    }

    static HostInterface<Things> offered() {
        return HostInterface.of(wit(WIT, "things"), Things.class, (Things things) -> things)
                .resource("thing", Thing.class);
    }

    static PreparedComponent<Things> prepared() {
        return new Linker<Things>().define(offered()).prepare(Guests.load("things"));
    }
}
