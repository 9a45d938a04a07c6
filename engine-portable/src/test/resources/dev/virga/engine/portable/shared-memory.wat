(module $shared-memory
  (import "other" "memory" (memory 1))
  (data $passive "theirs"))
