// Token buckets for addresses in a hash table with open addressing.
#include <string.h>

#include "kernel.h"

enum { SLOTS = 1 << 14, CAPACITY = 20 };

typedef struct {
  uint32_t address, tokens;
  uint64_t filled;
} Bucket;

static Bucket buckets[SLOTS];

static Bucket *find(uint32_t address) {
  uint32_t slot = address * 0x9e3779b1u >> 18;
  while (buckets[slot].address != 0 && buckets[slot].address != address) slot = (slot + 1) % SLOTS;
  return &buckets[slot];
}

static int admit(uint32_t address, uint64_t now) {
  Bucket *bucket = find(address);
  if (bucket->address == 0) *bucket = (Bucket){address, CAPACITY, now};
  uint64_t tokens = bucket->tokens + (now - bucket->filled) / 512;
  bucket->tokens = tokens > CAPACITY ? CAPACITY : tokens;
  bucket->filled += (now - bucket->filled) / 512 * 512;
  if (bucket->tokens == 0) return 0;
  bucket->tokens--;
  return 1;
}

int64_t run(int32_t n) {
  uint64_t random = 23, admitted = 0;
  memset(buckets, 0, sizeof buckets);
  for (uint64_t now = 0; now < (uint64_t)n * 1000; now++) {
    uint64_t r = next_random(&random);
    // few addresses ask often, many seldom
    uint32_t address = 1 + (r & 7 ? r >> 8 & 255 : r >> 8 & 8191);
    admitted = admitted * 3 + admit(address, now);
  }
  return admitted;
}
