// What the kernels in C share.
#include <stddef.h>
#include <stdint.h>

// The one export: does n units of work and returns a checksum of what it computed, the same each time.
__attribute__((export_name("run"))) int64_t run(int32_t n);

// xorshift64: the state must not be 0.
static inline uint64_t next_random(uint64_t *state) {
  *state ^= *state << 13;
  *state ^= *state >> 7;
  return *state ^= *state << 17;
}

static inline uint64_t rotate64(uint64_t value, int bits) { return value << bits | value >> (64 - bits); }
static inline uint32_t rotate32(uint32_t value, int bits) { return value << bits | value >> (32 - bits); }

// Adds a value to a checksum in which order counts.
static inline uint64_t mix(uint64_t sum, uint64_t value) { return rotate64(sum ^ value, 23) * 0x9e3779b97f4a7c15; }
