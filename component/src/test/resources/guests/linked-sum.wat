;; Adds what another component's function and the host's give it, times 1000.
(component
  (import "test:link/name@1.0.0" (instance $name (export "get" (func (result u32)))))
  (import "test:link/number@1.0.0" (instance $host (export "get" (func (result u32)))))
  (core func $get (canon lower (func $host "get")))
  (core func $other (canon lower (func $name "get")))
  (core module $m
    (import "" "get" (func $get (result i32)))
    (import "" "other" (func $other (result i32)))
    (func (export "get") (result i32)
      (i32.add (call $other) (i32.mul (call $get) (i32.const 1000)))))
  (core instance $i (instantiate $m
    (with "" (instance (export "get" (func $get)) (export "other" (func $other))))))
  (func $f (result u32) (canon lift (core func $i "get")))
  (export "sum" (func $f)))
