;; A handler that answers with ten times what it is asked.
(component
  (core module $m
    (func (export "handle") (param i32) (result i32) (i32.mul (local.get 0) (i32.const 10))))
  (core instance $i (instantiate $m))
  (func $handle (param "n" u32) (result u32) (canon lift (core func $i "handle")))
  (instance $handler (export "handle" (func $handle)))
  (export "acme:web/handler@1.0.0" (instance $handler)))
