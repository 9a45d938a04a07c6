package dev.virga.component.validation;

import dev.virga.component.binary.Bytes;
import dev.virga.component.binary.ComponentBinary;
import dev.virga.component.binary.ComponentDecoder;
import dev.virga.component.binary.Definition;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** Breaks components: single bytes where the structure is, and whole sections with their lengths set right. */
final class Mutator {

    private static final int HEADER = 8;

    private record Section(int id, byte[] content) {}

    /** A component to break, with the offsets where its structure is, core modules left out. */
    record Original(byte[] bytes, int[] offsets) {

        static Original of(byte[] bytes) {
            List<Integer> offsets = new ArrayList<>();
            collect(ComponentDecoder.decode(bytes), offsets);
            return new Original(bytes, offsets.stream().mapToInt(i -> i).toArray());
        }

        private static void collect(ComponentBinary binary, List<Integer> offsets) {
            for (Definition definition : binary.definitions()) {
                offsets.add(definition.offset());
                if (definition instanceof Definition.Component c) {
                    collect(c.binary(), offsets);
                }
            }
        }
    }

    private final List<Original> originals;
    private final Random random;

    Mutator(List<Original> originals, Random random) {
        this.originals = originals;
        this.random = random;
    }

    byte[] next() {
        Original original = any();
        return random.nextInt(3) == 0 ? sections(original) : bytes(original);
    }

    private Original any() {
        return originals.get(random.nextInt(originals.size()));
    }

    private byte[] bytes(Original original) {
        byte[] bytes = original.bytes.clone();
        for (int i = random.nextInt(4); i >= 0 && bytes.length > HEADER; i--) {
            int at = position(original, bytes.length);
            switch (random.nextInt(6)) {
                case 0 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
                case 1 -> bytes[at] = (byte) random.nextInt(256);
                case 2 -> bytes[at] = (byte) random.nextInt(16);
                case 3 -> bytes = random.nextInt(10) == 0 ? Arrays.copyOf(bytes, at) : bytes;
                case 4 -> bytes = splice(bytes, at, random.nextInt(16), new byte[0]);
                default -> {
                    int from = position(original, bytes.length);
                    byte[] piece = Arrays.copyOfRange(bytes, from, Math.min(bytes.length, from + 1 + random.nextInt(32)));
                    bytes = splice(bytes, at, random.nextInt(2) * piece.length, piece);
                }
            }
        }
        return bytes;
    }

    /** Mostly near the start of a definition, where a change hits the structure. */
    private int position(Original original, int length) {
        int near = original.offsets[random.nextInt(original.offsets.length)] - 4 + random.nextInt(32);
        int at = random.nextInt(8) == 0 ? random.nextInt(length) : near;
        return Math.clamp(at, 0, length - 1);
    }

    private static byte[] splice(byte[] bytes, int at, int removed, byte[] added) {
        int behind = Math.min(bytes.length, at + removed);
        byte[] result = new byte[at + added.length + bytes.length - behind];
        System.arraycopy(bytes, 0, result, 0, at);
        System.arraycopy(added, 0, result, at, added.length);
        System.arraycopy(bytes, behind, result, at + added.length, bytes.length - behind);
        return result;
    }

    /** Leaves out, repeats, moves, borrows and changes sections, and puts what comes of it into one component. */
    private byte[] sections(Original original) {
        List<Section> sections = split(original.bytes);
        for (int i = random.nextInt(3); i >= 0; i--) {
            List<Section> others = split(any().bytes);
            int at = random.nextInt(sections.size());
            int to = random.nextInt(sections.size());
            switch (random.nextInt(5)) {
                case 0 -> sections.add(to, sections.get(at));
                case 1 -> sections.set(to, sections.get(at));
                case 2 -> sections.add(to, others.get(random.nextInt(others.size())));
                case 3 -> sections.add(new Section(4, join(others)));
                default -> sections.set(at, changed(sections.get(at)));
            }
        }
        return join(sections);
    }

    private Section changed(Section section) {
        if (section.content.length == 0) {
            return section;
        }
        byte[] content = section.content.clone();
        content[random.nextInt(Math.min(content.length, 64))] = (byte) random.nextInt(128);
        return new Section(section.id, content);
    }

    private static List<Section> split(byte[] bytes) {
        List<Section> sections = new ArrayList<>();
        for (int at = HEADER; at < bytes.length; ) {
            int id = bytes[at++];
            int size = 0;
            int shift = 0;
            int b;
            do {
                b = bytes[at++];
                size |= (b & 0x7f) << shift;
                shift += 7;
            } while (b < 0);
            sections.add(new Section(id, Arrays.copyOfRange(bytes, at, at + size)));
            at += size;
        }
        return sections;
    }

    private static byte[] join(List<Section> sections) {
        Bytes component = Bytes.component();
        sections.forEach(s -> component.section(s.id, Bytes.of(s.content)));
        return component.array();
    }
}
