;; Exits with the number of things in a store as its code.
(component
  (import "acme:db/store@1.0.0" (instance $store (export "count" (func (result u32)))))
  (import "wasi:cli/exit@0.2.9" (instance $exit (export "exit-with-code" (func (param "status-code" u8)))))
  (core func $count (canon lower (func $store "count")))
  (core func $exit (canon lower (func $exit "exit-with-code")))
  (core module $m
    (import "host" "count" (func $count (result i32)))
    (import "host" "exit" (func $exit (param i32)))
    (func (export "run") (result i32) (call $exit (call $count)) unreachable))
  (core instance $i (instantiate $m (with "host" (instance
    (export "count" (func $count)) (export "exit" (func $exit))))))
  (func $run (result (result)) (canon lift (core func $i "run")))
  (instance $command (export "run" (func $run)))
  (export "wasi:cli/run@0.2.0" (instance $command)))
