;; A store that holds seven things.
(component
  (core module $m (func (export "count") (result i32) i32.const 7))
  (core instance $i (instantiate $m))
  (func $count (result u32) (canon lift (core func $i "count")))
  (instance $store (export "count" (func $count)))
  (export "acme:db/store@1.1.0" (instance $store)))
