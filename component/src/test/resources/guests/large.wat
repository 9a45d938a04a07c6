;; Values that lie above 2 GiB in a memory of 4 GiB: pointers are negative as signed numbers.
(component
  (import "host-echo" (func $host-echo (param "text" string) (result string)))

  (core module $libc
    (memory (export "memory") 1)
    ;; the first allocation crosses the middle
    (global $next (mut i32) (i32.const 0x7ffffff8))
    (func $grow (drop (memory.grow (i32.const 65535))))
    (start $grow)
    (func (export "realloc") (param $old i32) (param i32) (param $alignment i32) (param $size i32) (result i32)
      (local $at i32)
      (local.set $at (global.get $next))
      (global.set $next (i32.and (i32.add (i32.add (local.get $at) (local.get $size)) (i32.const 7)) (i32.const -8)))
      (local.get $at)))
  (core instance $libc (instantiate $libc))
  (core func $host-echo (canon lower (func $host-echo) (memory (core memory $libc "memory")) (realloc (core func $libc "realloc"))))

  (core module $m
    (import "libc" "memory" (memory 1))
    (import "host" "echo" (func $host-echo (param i32 i32 i32)))
    ;; results are at the very end
    (func $echo (export "echo") (param i32 i32) (result i32)
      (i32.store (i32.const -16) (local.get 0))
      (i32.store (i32.const -12) (local.get 1))
      (i32.const -16))
    (func (export "echo-by-host") (param i32 i32) (result i32)
      (call $host-echo (local.get 0) (local.get 1) (i32.const -8))
      (i32.const -8))
    (func (export "sum") (param $at i32) (result i64)
      (i64.add (i64.load (local.get $at)) (i64.load offset=128 (local.get $at))))
    (func (export "bytes-at") (param i32 i32) (result i32) (call $echo (local.get 0) (local.get 1))))
  (core instance $i (instantiate $m
    (with "libc" (instance $libc)) (with "host" (instance (export "echo" (func $host-echo))))))

  (func (export "echo-text") (param "text" string) (result string)
    (canon lift (core func $i "echo") (memory (core memory $libc "memory")) (realloc (core func $libc "realloc"))))
  (func (export "echo-texts") (param "texts" (list string)) (result (list string))
    (canon lift (core func $i "echo") (memory (core memory $libc "memory")) (realloc (core func $libc "realloc"))))
  (func (export "echo-numbers") (param "numbers" (list u64)) (result (list u64))
    (canon lift (core func $i "echo") (memory (core memory $libc "memory")) (realloc (core func $libc "realloc"))))
  (func (export "echo-by-host") (param "text" string) (result string)
    (canon lift (core func $i "echo-by-host") (memory (core memory $libc "memory")) (realloc (core func $libc "realloc"))))
  ;; 17 parameters lie in memory; the sum of the first and the last
  (func (export "sum")
    (param "a" u64) (param "b" u64) (param "c" u64) (param "d" u64) (param "e" u64) (param "f" u64)
    (param "g" u64) (param "h" u64) (param "i" u64) (param "j" u64) (param "k" u64) (param "l" u64)
    (param "m" u64) (param "n" u64) (param "o" u64) (param "p" u64) (param "q" u64) (result u64)
    (canon lift (core func $i "sum") (memory (core memory $libc "memory")) (realloc (core func $libc "realloc"))))
  ;; whatever is there
  (func (export "bytes-at") (param "address" u32) (param "length" u32) (result (list u8))
    (canon lift (core func $i "bytes-at") (memory (core memory $libc "memory")))))
