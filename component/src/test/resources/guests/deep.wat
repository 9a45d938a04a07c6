;; Recurses for ever, with a call of the host, of another component and of realloc at every depth.
(component
  (import "host-add" (func $host-add (param "a" u32) (param "b" u32) (result u32)))
  (import "shout" (func $shout (param "text" string) (result string)))
  (component $inner
    (core module $m (func (export "add") (param i32 i32) (result i32) (i32.add (local.get 0) (local.get 1))))
    (core instance $i (instantiate $m))
    (func (export "add") (param "a" u32) (param "b" u32) (result u32) (canon lift (core func $i "add"))))
  (instance $inner (instantiate $inner))
  (component $outer
    (import "host-add" (func $host-add (param "a" u32) (param "b" u32) (result u32)))
    (import "shout" (func $shout (param "text" string) (result string)))
    (import "add" (func $add (param "a" u32) (param "b" u32) (result u32)))
    (core module $libc
      (memory (export "memory") 1)
      (func (export "realloc") (param i32 i32 i32 i32) (result i32) (i32.const 64)))
    (core instance $libc (instantiate $libc))
    (core func $host-add (canon lower (func $host-add)))
    (core func $inner-add (canon lower (func $add)))
    (core func $shout (canon lower (func $shout) (memory $libc "memory") (realloc (func $libc "realloc"))))
    (core module $m
      (import "" "host-add" (func $host-add (param i32 i32) (result i32)))
      (import "" "inner-add" (func $inner-add (param i32 i32) (result i32)))
      (import "" "shout" (func $shout (param i32 i32 i32)))
      (func $deeper (export "deeper") (param i32) (result i32)
        (call $shout (i32.const 0) (i32.const 8) (i32.const 16))
        (call $host-add
          (call $inner-add (local.get 0) (i32.const 1))
          (call $deeper (call $host-add (local.get 0) (i32.const 1))))))
    (core instance $i (instantiate $m (with "" (instance
      (export "host-add" (func $host-add))
      (export "inner-add" (func $inner-add))
      (export "shout" (func $shout))))))
    (func (export "deeper") (param "n" u32) (result u32) (canon lift (core func $i "deeper"))))
  (instance $outer (instantiate $outer
    (with "host-add" (func $host-add))
    (with "shout" (func $shout))
    (with "add" (func $inner "add"))))
  (export "deeper" (func $outer "deeper")))
