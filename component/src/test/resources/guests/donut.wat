;; A parent around a child, which may not call each other, either way.
;; run(n) calls the child's go(n), which calls the parent's back(n), which gives 7 for 0
;; and otherwise calls go(0).
(component
  (core module $shim
    (type $f (func (param i32) (result i32)))
    (table (export "table") 1 funcref)
    (func (export "back") (type $f)
      (if (result i32) (i32.eqz (local.get 0))
        (then (i32.const 7))
        (else (call_indirect (type $f) (i32.const 0) (i32.const 0))))))
  (core instance $shim (instantiate $shim))
  (func $back (param "n" u32) (result u32) (canon lift (core func $shim "back")))
  (component $child
    (import "back" (func $back (param "n" u32) (result u32)))
    (core func $back (canon lower (func $back)))
    (core module $m
      (import "" "back" (func $back (param i32) (result i32)))
      (func (export "go") (param i32) (result i32) (call $back (local.get 0))))
    (core instance $i (instantiate $m (with "" (instance (export "back" (func $back))))))
    (func (export "go") (param "n" u32) (result u32) (canon lift (core func $i "go"))))
  (instance $child (instantiate $child (with "back" (func $back))))
  (core func $go (canon lower (func $child "go")))
  (core module $m
    (import "" "table" (table 1 funcref))
    (import "" "go" (func $go (param i32) (result i32)))
    (elem (i32.const 0) $go)
    (func (export "run") (param i32) (result i32) (call $go (local.get 0))))
  (core instance $i (instantiate $m (with "" (instance
    (export "table" (table $shim "table"))
    (export "go" (func $go))))))
  (func (export "run") (param "n" u32) (result u32) (canon lift (core func $i "run"))))
