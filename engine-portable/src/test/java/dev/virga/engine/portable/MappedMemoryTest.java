package dev.virga.engine.portable;

import dev.virga.engine.contract.MemoryContract;

/** Memories that are mapped where the system can. */
class MappedMemoryTest extends MemoryContract implements PortableSource {}
