package dev.virga.host.manifest;

import dev.virga.host.shape.Field;
import dev.virga.host.shape.Size;
import dev.virga.host.shape.Struct;

/** What a workload may use. Each field's default is the one that holds where nobody says otherwise. */
public record Limits(
        @Field(value = "Linear memory of an instance.", fallback = "256Mi", min = 65_536, max = 1L << 40) Size memory,
        @Field(value = "Memory of all instances of the workload.", fallback = "1Gi", min = 65_536, max = 1L << 44)
                Size workloadMemory,
        @Field(value = "Instances at a time.", fallback = "100", min = 1) int instances,
        @Field(value = "Processor time.", fallback = "{}") CpuLimits cpu,
        @Field(value = "Body of a request.", fallback = "16Mi", max = 1L << 40) Size requestBody,
        @Field(value = "Message that is sent or received.", fallback = "1Mi", max = 1L << 30) Size messageSize,
        @Field(value = "Key of a key-value store.", fallback = "1Ki", min = 1, max = 1L << 20) Size keySize,
        @Field(value = "Value of a key-value store.", fallback = "4Mi", max = 1L << 30) Size valueSize,
        @Field(value = "Keys that one listing gives.", fallback = "1000", min = 1) int listKeys,
        @Field(
                        value = "Bytes of logs in a second; what is beyond is dropped and counted.",
                        fallback = "64Ki",
                        max = 1L << 30)
                Size logRate,
        @Field(value = "Outgoing connections at a time.", fallback = "128") int connections,
        @Field(value = "What a replica's ephemeral volumes hold together.", fallback = "1Gi", max = 1L << 44)
                Size ephemeralStorage) {

    /** What holds where nobody says otherwise. */
    public static final Limits DEFAULT = Struct.of(Limits.class).defaults();
}
