// A linear congruential generator: remainders, divisions and conversions.
#include <string.h>

#include "kernel.h"

static uint32_t seed;

__attribute__((noinline)) static double below(double limit) {
  seed = (seed * 3877 + 29573) % 139968;
  return limit * seed / 139968;
}

int64_t run(int32_t n) {
  seed = 42;
  double sum = 0;
  for (int32_t i = 0; i < n * 1000; i++) sum += below(100);
  uint64_t bits;
  memcpy(&bits, &sum, sizeof bits);
  return bits;
}
