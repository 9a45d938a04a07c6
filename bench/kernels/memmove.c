// Moves within one buffer, overlapping, from some bytes to some thousand.
#include <string.h>

#include "kernel.h"

enum { LENGTH = 1 << 16 };

static uint8_t buffer[LENGTH];

int64_t run(int32_t n) {
  uint64_t random = 13, sum = 0;
  for (int i = 0; i < LENGTH; i++) buffer[i] = next_random(&random);
  for (int32_t i = 0; i < n * 100; i++) {
    uint64_t r = next_random(&random);
    size_t length = (r & 0x1fff) >> (r >> 13 & 7);
    memmove(buffer + (r >> 16) % (LENGTH - 0x2000), buffer + (r >> 32) % (LENGTH - 0x2000), length);
    sum = mix(sum, buffer[r >> 48]);
  }
  return sum;
}
