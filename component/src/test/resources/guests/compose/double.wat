;; Doubles what the next handler answers.
(component
  (import "acme:web/handler@1.0.0" (instance $next (export "handle" (func (param "n" u32) (result u32)))))
  (core func $next (canon lower (func $next "handle")))
  (core module $m
    (import "" "next" (func $next (param i32) (result i32)))
    (func (export "handle") (param i32) (result i32) (i32.mul (call $next (local.get 0)) (i32.const 2))))
  (core instance $i (instantiate $m (with "" (instance (export "next" (func $next))))))
  (func $handle (param "n" u32) (result u32) (canon lift (core func $i "handle")))
  (instance $handler (export "handle" (func $handle)))
  (export "acme:web/handler@1.0.0" (instance $handler)))
