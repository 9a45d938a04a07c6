// The Ackermann function: deep recursion.
#include "kernel.h"

__attribute__((noinline)) static uint32_t ackermann(uint32_t m, uint32_t n) {
  if (m == 0) return n + 1;
  return ackermann(m - 1, n == 0 ? 1 : ackermann(m, n - 1));
}

int64_t run(int32_t n) {
  uint64_t sum = 0;
  for (int32_t i = 0; i < n; i++) sum = mix(sum, ackermann(3, 4 + (sum & 1)));
  return sum;
}
