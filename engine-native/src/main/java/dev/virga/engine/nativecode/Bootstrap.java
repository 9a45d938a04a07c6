package dev.virga.engine.nativecode;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Makes an image of the code generator from what its native driver wrote (compiler/build.sh). */
final class Bootstrap {

    private Bootstrap() {}

    /** @param args the module, the driver's results (plan, stubs, functions, each after its length), the image to write */
    public static void main(String[] args) throws IOException {
        byte[] module = Files.readAllBytes(Path.of(args[0]));
        ByteBuffer in = ByteBuffer.wrap(Files.readAllBytes(Path.of(args[1]))).order(ByteOrder.LITTLE_ENDIAN);
        byte[] plan = next(in);
        byte[] stubs = next(in);
        byte[] functions = next(in);
        LinkedCode code = Linker.link(PlanReader.read(plan, module), stubs, List.of(functions));
        Files.write(Path.of(args[2]), new Artifact(plan, code).encode());
    }

    private static byte[] next(ByteBuffer in) {
        byte[] part = new byte[in.getInt()];
        in.get(part);
        return part;
    }
}
