package dev.virga.engine.nativecode;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Makes images of a new code generator (compiler/images.sh). The two steps may be taken by different
 * versions of this module: the engine as it was runs the new generator as any other guest, on its own
 * module; the engine as it will be makes images of what that wrote, in its own format.
 */
final class Bootstrap {

    private static final List<Platform> IMAGES = List.of(Platform.IMAGE_X86_64, Platform.IMAGE_AARCH64);

    private Bootstrap() {}

    /** @param args {@code generate} or {@code link}, the generator's module, a folder for results and images */
    public static void main(String[] args) throws IOException {
        byte[] module = Files.readAllBytes(Path.of(args[1]));
        Path folder = Path.of(args[2]);
        switch (args[0]) {
            case "generate" -> generate(module, folder);
            case "link" -> link(module, folder);
            default -> throw new IllegalArgumentException("neither generate nor link: " + args[0]);
        }
    }

    private static void generate(byte[] module, Path folder) throws IOException {
        try (NativeEngine engine = new NativeEngine(Optional.empty())) {
            NativeModule generator = (NativeModule) engine.compile(module);
            for (Platform platform : IMAGES) {
                try (Session session = new Session(generator, module, platform)) {
                    ByteArrayOutputStream results = new ByteArrayOutputStream();
                    put(results, session.plan());
                    put(results, session.stubs());
                    put(results, session.functions(0, generator.plan().functionCount()));
                    Files.write(results(folder, platform), results.toByteArray());
                }
            }
        }
    }

    private static void link(byte[] module, Path folder) throws IOException {
        for (Platform platform : IMAGES) {
            ByteBuffer in = ByteBuffer.wrap(Files.readAllBytes(results(folder, platform))).order(ByteOrder.LITTLE_ENDIAN);
            byte[] plan = next(in);
            byte[] stubs = next(in);
            byte[] functions = next(in);
            Artifact artifact = Linker.link(plan, PlanReader.read(plan, module), stubs, List.of(functions));
            Files.write(folder.resolve(Images.imageName(platform)), artifact.encode());
        }
    }

    private static Path results(Path folder, Platform platform) {
        return folder.resolve(platform.architecture() + ".results");
    }

    private static void put(ByteArrayOutputStream out, byte[] part) {
        out.writeBytes(ByteBuffer.allocate(Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN).putInt(part.length).array());
        out.writeBytes(part);
    }

    private static byte[] next(ByteBuffer in) {
        byte[] part = new byte[in.getInt()];
        in.get(part);
        return part;
    }
}
