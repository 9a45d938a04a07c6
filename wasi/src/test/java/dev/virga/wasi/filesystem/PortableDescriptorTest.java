package dev.virga.wasi.filesystem;

import java.io.IOException;
import java.nio.file.Path;

class PortableDescriptorTest extends DescriptorTest {

    @Override
    Node node(Path directory) throws IOException {
        return new PortableNode(directory.toRealPath());
    }
}
