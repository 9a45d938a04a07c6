// Heapsort of random f64.
#include <string.h>

#include "kernel.h"

enum { LENGTH = 10000 };

static double numbers[LENGTH];

static void sift(int root, int length) {
  double value = numbers[root];
  for (int child; (child = 2 * root + 1) < length; root = child) {
    if (child + 1 < length && numbers[child + 1] > numbers[child]) child++;
    if (numbers[child] <= value) break;
    numbers[root] = numbers[child];
  }
  numbers[root] = value;
}

static void heapsort(void) {
  for (int root = LENGTH / 2 - 1; root >= 0; root--) sift(root, LENGTH);
  for (int last = LENGTH - 1; last > 0; last--) {
    double greatest = numbers[0];
    numbers[0] = numbers[last];
    numbers[last] = greatest;
    sift(0, last);
  }
}

int64_t run(int32_t n) {
  uint64_t random = 9, sum = 0;
  for (int32_t round = 0; round < n; round++) {
    for (int i = 0; i < LENGTH; i++) numbers[i] = (double)(next_random(&random) >> 11);
    heapsort();
    for (int i = 1; i < LENGTH; i++)
      if (numbers[i - 1] > numbers[i]) __builtin_trap();
    uint64_t bits;
    memcpy(&bits, &numbers[round % LENGTH], sizeof bits);
    sum = mix(sum, bits);
  }
  return sum;
}
