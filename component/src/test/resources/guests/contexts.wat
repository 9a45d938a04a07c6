;; A synchronous function that can tell its thread: it keeps x there and gives what was there before.
(component
  (canon context.get i32 0 (core func $get))
  (canon context.set i32 0 (core func $set))
  (core module $m
    (import "" "get" (func $get (result i32)))
    (import "" "set" (func $set (param i32)))
    (func (export "exchange") (param i32) (result i32)
      (call $get)
      (call $set (local.get 0))))
  (core instance $i (instantiate $m (with "" (instance
    (export "get" (func $get))
    (export "set" (func $set))))))
  (func (export "exchange") (param "x" u32) (result u32) (canon lift (core func $i "exchange"))))
