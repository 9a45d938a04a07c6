/**
 * {@code wasi:filesystem}.
 *
 * <p>What is guaranteed: no function reaches outside the directories granted, by {@code ..}, by an
 * absolute path, by a symbolic link at any position, by a hard link or by renaming; and below a
 * read-only one nothing changes. {@link dev.virga.wasi.filesystem.Walk} resolves paths component by
 * component. On Linux every directory on the way and every file is held open by a descriptor that
 * does not follow links ({@link dev.virga.wasi.filesystem.LinuxNode}), so the guarantee holds even
 * against other processes that rename and link at the same time, and a descriptor stays with its
 * file when that is renamed or removed. Elsewhere ({@link dev.virga.wasi.filesystem.PortableNode})
 * it holds as long as nobody outside replaces a directory by a link between the check and the use.
 */
package dev.virga.wasi.filesystem;
