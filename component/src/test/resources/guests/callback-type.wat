;; A callback that is not (i32, i32, i32) -> i32.
(component
  (core module $M
    (func (export "f") (result i32) (i32.const 1))
    (func (export "cb") (param i32 i32 i64) (result i32) (i32.const 0)))
  (core instance $m (instantiate $M))
  (func (export "f") async (canon lift (core func $m "f") async (callback (core func $m "cb")))))
