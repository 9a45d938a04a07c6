;; Calls of asynchronous functions that complete at once. Those that end in `s` make n calls without
;; leaving the guest.
(component
  (component $inner
    (core module $m
      (import "" "task.return" (func $return (param i32)))
      (func (export "add") (param i32 i32) (result i32)
        (call $return (i32.add (local.get 0) (local.get 1)))
        (i32.const 0 (; EXIT ;)))
      (func (export "callback") (param i32 i32 i32) (result i32) unreachable)
      (func (export "add-sync") (param i32 i32) (result i32) (i32.add (local.get 0) (local.get 1))))
    (core func $return (canon task.return (result u32)))
    (core instance $i (instantiate $m (with "" (instance (export "task.return" (func $return))))))
    (func (export "add") async (param "a" u32) (param "b" u32) (result u32)
      (canon lift (core func $i "add") async (callback (core func $i "callback"))))
    (func (export "add-sync") (param "a" u32) (param "b" u32) (result u32)
      (canon lift (core func $i "add-sync"))))
  (instance $inner (instantiate $inner))

  (component $outer
    (import "add" (func $add async (param "a" u32) (param "b" u32) (result u32)))
    (import "add-sync" (func $add-sync (param "a" u32) (param "b" u32) (result u32)))
    (core module $libc (memory (export "memory") 1))
    (core instance $libc (instantiate $libc))
    (core func $add-async (canon lower (func $add) async (memory (core memory $libc "memory"))))
    (core func $add-blocking (canon lower (func $add)))
    (core func $add-sync (canon lower (func $add-sync)))
    (core module $m
      (import "libc" "memory" (memory 0))
      (import "" "add-async" (func $add-async (param i32 i32 i32) (result i32)))
      (import "" "add-blocking" (func $add-blocking (param i32 i32) (result i32)))
      (import "" "add-sync" (func $add-sync (param i32 i32) (result i32)))
      (func (export "async-adds") (param $n i32) (result i32)
        (loop $again
          (if (i32.ne (i32.const 2 (; RETURNED ;))
                (call $add-async (i32.load (i32.const 8)) (i32.const 1) (i32.const 8)))
            (then unreachable))
          (br_if $again (local.tee $n (i32.sub (local.get $n) (i32.const 1)))))
        (i32.load (i32.const 8)))
      (func (export "blocking-adds") (param $n i32) (result i32)
        (local $sum i32)
        (loop $again
          (local.set $sum (call $add-blocking (local.get $sum) (i32.const 1)))
          (br_if $again (local.tee $n (i32.sub (local.get $n) (i32.const 1)))))
        (local.get $sum))
      (func (export "sync-adds") (param $n i32) (result i32)
        (local $sum i32)
        (loop $again
          (local.set $sum (call $add-sync (local.get $sum) (i32.const 1)))
          (br_if $again (local.tee $n (i32.sub (local.get $n) (i32.const 1)))))
        (local.get $sum)))
    (core instance $i (instantiate $m
      (with "libc" (instance $libc))
      (with "" (instance
        (export "add-async" (func $add-async))
        (export "add-blocking" (func $add-blocking))
        (export "add-sync" (func $add-sync))))))
    ;; the functions that call asynchronously are asynchronous themselves, with the ABI of synchronous ones
    (func (export "async-adds") async (param "n" u32) (result u32) (canon lift (core func $i "async-adds")))
    (func (export "blocking-adds") async (param "n" u32) (result u32) (canon lift (core func $i "blocking-adds")))
    (func (export "sync-adds") (param "n" u32) (result u32) (canon lift (core func $i "sync-adds"))))
  (instance $outer (instantiate $outer
    (with "add" (func $inner "add"))
    (with "add-sync" (func $inner "add-sync"))))
  (export "add" (func $inner "add"))
  (export "add-sync" (func $inner "add-sync"))
  (export "async-adds" (func $outer "async-adds"))
  (export "blocking-adds" (func $outer "blocking-adds"))
  (export "sync-adds" (func $outer "sync-adds")))
