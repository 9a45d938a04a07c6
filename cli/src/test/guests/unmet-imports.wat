;; Imports an interface that nobody offers, and a version of WASI that Virga does not have.
(component
  (import "acme:db/store@1.0.0" (instance (export "open" (func))))
  (import "wasi:clocks/monotonic-clock@0.9.0" (instance (export "now" (func (result u64)))))
  (core module $m (func (export "run") (result i32) i32.const 0))
  (core instance $i (instantiate $m))
  (func $run (result (result)) (canon lift (core func $i "run")))
  (instance $command (export "run" (func $run)))
  (export "wasi:cli/run@0.2.0" (instance $command)))
