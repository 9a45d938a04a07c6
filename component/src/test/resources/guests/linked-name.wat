;; Exports what the host's function gives it, plus 100.
(component
  (import "test:link/number@1.0.0" (instance $host (export "get" (func (result u32)))))
  (core func $get (canon lower (func $host "get")))
  (core module $m
    (import "" "get" (func $get (result i32)))
    (func (export "get") (result i32) (i32.add (call $get) (i32.const 100))))
  (core instance $i (instantiate $m (with "" (instance (export "get" (func $get))))))
  (func $f (result u32) (canon lift (core func $i "get")))
  (instance $out (export "get" (func $f)))
  (export "test:link/name@1.0.0" (instance $out)))
