// Calls through function pointers that a branch predictor cannot foresee.
#include "kernel.h"

enum { LENGTH = 4096 };

typedef uint64_t (*Step)(uint64_t);

static uint64_t add(uint64_t x) { return x + 0x1234567; }
static uint64_t subtract(uint64_t x) { return x - 0x7654321; }
static uint64_t multiply(uint64_t x) { return x * 31; }
static uint64_t turn(uint64_t x) { return rotate64(x, 17); }
static uint64_t invert(uint64_t x) { return ~x; }
static uint64_t fold(uint64_t x) { return x ^ x >> 32; }

static Step const kinds[] = {add, subtract, multiply, turn, invert, fold};
static Step steps[LENGTH];

int64_t run(int32_t n) {
  uint64_t random = 11;
  for (int i = 0; i < LENGTH; i++) steps[i] = kinds[next_random(&random) % 6];
  uint64_t x = 1;
  for (int32_t round = 0; round < n; round++)
    for (int i = 0; i < LENGTH; i++) x = steps[i](x);
  return x;
}
