package dev.virga.plugin.blobstore;

import java.io.IOException;
import java.nio.file.Path;
import java.util.UUID;

/**
 * Where what is, below the folder of the backend:
 *
 * <ul>
 *   <li>{@code lock}: held while a host uses the folder
 *   <li>{@code tmp}: what is being written or deleted
 *   <li>{@code containers/NAMESPACE/CONTAINER/objects/OBJECT}: whole objects only
 *   <li>{@code containers/NAMESPACE/CONTAINER/names/OBJECT}: the name of an object that is too long for a file's
 * </ul>
 */
record DirectoryLayout(Path root) {

    Path lock() {
        return root.resolve("lock");
    }

    Path temporary() {
        return root.resolve("tmp");
    }

    /** A name that nothing has. */
    Path newTemporary() {
        return temporary().resolve(UUID.randomUUID().toString());
    }

    Path containers() {
        return root.resolve("containers");
    }

    Path namespace(String namespace) {
        return containers().resolve(FileName.of(namespace));
    }

    Path container(ContainerId container) {
        return namespace(container.namespace()).resolve(FileName.of(container.name()));
    }

    static Path objects(Path container) {
        return container.resolve("objects");
    }

    static Path names(Path container) {
        return container.resolve("names");
    }

    Path object(BlobId object) {
        return objects(container(object.container())).resolve(FileName.of(object.name()));
    }

    /** @throws BlobException if there is no such container */
    Path existing(ContainerId container) throws IOException {
        Path folder = container(container);
        if (Folders.isFolder(folder.getParent())
                && Folders.isFolder(folder)
                && Folders.isFolder(objects(folder))
                && Folders.isFolder(names(folder))) {
            return folder;
        }
        throw BlobException.noContainer(container);
    }
}
