// Quicksort of random integers.
#include "kernel.h"

enum { LENGTH = 10000 };

static int32_t numbers[LENGTH];

static void quicksort(int32_t *from, int32_t *to) { // both within
  while (from < to) {
    int32_t pivot = from[(to - from) / 2];
    int32_t *low = from, *high = to;
    while (low <= high) {
      while (*low < pivot) low++;
      while (*high > pivot) high--;
      if (low <= high) {
        int32_t swapped = *low;
        *low++ = *high;
        *high-- = swapped;
      }
    }
    quicksort(from, high);
    from = low;
  }
}

int64_t run(int32_t n) {
  uint64_t random = 5, sum = 0;
  for (int32_t round = 0; round < n; round++) {
    for (int i = 0; i < LENGTH; i++) numbers[i] = next_random(&random);
    quicksort(numbers, numbers + LENGTH - 1);
    for (int i = 1; i < LENGTH; i++)
      if (numbers[i - 1] > numbers[i]) __builtin_trap();
    sum = mix(sum, numbers[round % LENGTH]);
  }
  return sum;
}
