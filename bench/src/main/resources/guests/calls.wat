;; Calls of synchronous functions in the three directions, and values. Those that end in `s` make n calls
;; without leaving the guest.
(component
  (import "bench:calls/host@1.0.0" (instance $host
    (export "add" (func (param "a" u32) (param "b" u32) (result u32)))))

  (component $inner
    (core module $m
      (memory (export "memory") 1)
      ;; there is never more than one argument
      (func (export "realloc") (param i32 i32 i32 i32) (result i32) (i32.const 1024))
      (func (export "add") (param i32 i32) (result i32) (i32.add (local.get 0) (local.get 1)))
      (func (export "length") (param i32 i32) (result i32) (local.get 1)))
    (core instance $i (instantiate $m))
    (func (export "add") (param "a" u32) (param "b" u32) (result u32)
      (canon lift (core func $i "add")))
    (func (export "length") (param "text" string) (result u32)
      (canon lift (core func $i "length") (memory (core memory $i "memory")) (realloc (core func $i "realloc")))))
  (instance $inner (instantiate $inner))

  (component $outer
    (import "host-add" (func $host-add (param "a" u32) (param "b" u32) (result u32)))
    (import "add" (func $add (param "a" u32) (param "b" u32) (result u32)))
    (import "length" (func $length (param "text" string) (result u32)))
    (type $point' (record (field "x" u32) (field "y" u64) (field "z" f64)))
    (export $point "point" (type $point'))

    (core module $libc
      (memory (export "memory") 40)
      (data (i32.const 16) "twenty bytes of text")
      (func (export "realloc") (param i32 i32 i32 i32) (result i32) (i32.const 1024)))
    (core instance $libc (instantiate $libc))

    (type $cell' (resource (rep i32)))
    (export $cell "cell" (type $cell'))
    (core func $host-add (canon lower (func $host-add)))
    (core func $add (canon lower (func $add)))
    (core func $length (canon lower (func $length) (memory (core memory $libc "memory"))))
    (core func $new (canon resource.new $cell'))
    (core func $drop (canon resource.drop $cell'))
    (core module $m
      (import "libc" "memory" (memory 0))
      (import "" "host-add" (func $host-add (param i32 i32) (result i32)))
      (import "" "add" (func $add (param i32 i32) (result i32)))
      (import "" "length" (func $length (param i32 i32) (result i32)))
      (import "" "new" (func $new (param i32) (result i32)))
      (import "" "drop" (func $drop (param i32)))
      (func (export "add") (param i32 i32) (result i32) (i32.add (local.get 0) (local.get 1)))
      (func (export "host-adds") (param $n i32) (result i32)
        (local $sum i32)
        (loop $again
          (local.set $sum (call $host-add (local.get $sum) (i32.const 1)))
          (br_if $again (local.tee $n (i32.sub (local.get $n) (i32.const 1)))))
        (local.get $sum))
      (func (export "inner-adds") (param $n i32) (result i32)
        (local $sum i32)
        (loop $again
          (local.set $sum (call $add (local.get $sum) (i32.const 1)))
          (br_if $again (local.tee $n (i32.sub (local.get $n) (i32.const 1)))))
        (local.get $sum))
      (func (export "inner-lengths") (param $n i32) (result i32)
        (local $sum i32)
        (loop $again
          (local.set $sum (i32.add (local.get $sum) (call $length (i32.const 16) (i32.const 20))))
          (br_if $again (local.tee $n (i32.sub (local.get $n) (i32.const 1)))))
        (local.get $sum))
      (func (export "cells") (param $n i32) (result i32)
        (local $sum i32)
        (loop $again
          (call $drop (call $new (local.get $n)))
          (br_if $again (local.tee $n (i32.sub (local.get $n) (i32.const 1)))))
        (local.get $sum))
      (func (export "new-cell") (param i32) (result i32) (call $new (local.get 0)))
      (func (export "length") (param i32 i32) (result i32) (local.get 1))
      ;; 1 MiB behind the arguments
      (func (export "bytes") (result i32)
        (i32.store (i32.const 0) (i32.const 0x110000))
        (i32.store (i32.const 4) (i32.const 0x100000))
        (i32.const 0))
      (func (export "move") (param $x i32) (param $y i64) (param $z f64) (result i32)
        (i32.store (i32.const 64) (i32.add (local.get $x) (i32.const 1)))
        (i64.store (i32.const 72) (local.get $y))
        (f64.store (i32.const 80) (local.get $z))
        (i32.const 64)))
    (core instance $i (instantiate $m
      (with "libc" (instance $libc))
      (with "" (instance
        (export "host-add" (func $host-add))
        (export "add" (func $add))
        (export "length" (func $length))
        (export "new" (func $new))
        (export "drop" (func $drop))))))

    (func (export "add") (param "a" u32) (param "b" u32) (result u32) (canon lift (core func $i "add")))
    (func (export "host-adds") (param "n" u32) (result u32) (canon lift (core func $i "host-adds")))
    (func (export "inner-adds") (param "n" u32) (result u32) (canon lift (core func $i "inner-adds")))
    (func (export "inner-lengths") (param "n" u32) (result u32) (canon lift (core func $i "inner-lengths")))
    (func (export "cells") (param "n" u32) (result u32) (canon lift (core func $i "cells")))
    (func (export "new-cell") (param "value" u32) (result (own $cell)) (canon lift (core func $i "new-cell")))
    (func (export "length") (param "text" string) (result u32)
      (canon lift (core func $i "length") (memory (core memory $libc "memory")) (realloc (core func $libc "realloc"))))
    (func (export "take") (param "bytes" (list u8)) (result u32)
      (canon lift (core func $i "length") (memory (core memory $libc "memory")) (realloc (core func $libc "realloc"))))
    (func (export "bytes") (result (list u8)) (canon lift (core func $i "bytes") (memory (core memory $libc "memory"))))
    (func (export "move") (param "from" $point) (result $point)
      (canon lift (core func $i "move") (memory (core memory $libc "memory")))))
  (instance $outer (instantiate $outer
    (with "host-add" (func $host "add"))
    (with "add" (func $inner "add"))
    (with "length" (func $inner "length"))))
  (export "calls" (instance $outer)))
