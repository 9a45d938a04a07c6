;; The second segment is out of bounds; the first is in the host's memory then.
(module
  (import "host" "memory" (memory $host 1))
  (memory $own 0)
  (data (memory $host) (i32.const 0) "\2a")
  (data (memory $own) (i32.const 1) ""))
