// Fibonacci numbers by recursion: calls.
#include "kernel.h"

__attribute__((noinline)) static uint32_t fib(uint32_t n) { return n < 2 ? n : fib(n - 1) + fib(n - 2); }

int64_t run(int32_t n) {
  uint64_t sum = 0;
  for (int32_t i = 0; i < n; i++) sum = mix(sum, fib(20 + (sum & 1)));
  return sum;
}
