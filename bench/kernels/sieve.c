// The sieve of Eratosthenes: byte stores with a stride.
#include <string.h>

#include "kernel.h"

enum { LIMIT = 1 << 18 };

static uint8_t composite[LIMIT];

int64_t run(int32_t n) {
  uint64_t sum = 0;
  for (int32_t i = 0; i < n; i++) {
    memset(composite, 0, LIMIT);
    for (uint32_t p = 2; p < LIMIT; p++) {
      if (composite[p]) continue;
      sum += p + i;
      for (uint32_t multiple = 2 * p; multiple < LIMIT; multiple += p) composite[multiple] = 1;
    }
  }
  return sum;
}
