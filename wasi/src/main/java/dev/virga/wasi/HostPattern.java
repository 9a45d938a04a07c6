package dev.virga.wasi;

/** Which hosts are meant: by name or by address. */
public sealed interface HostPattern permits NamePattern, AddressRange {}
