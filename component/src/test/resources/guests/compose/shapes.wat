;; Defines a resource: a shape is its size.
(component
  (core module $m
    (global $drops (mut i32) (i32.const 0))
    (func (export "dtor") (param i32) (global.set $drops (i32.add (global.get $drops) (i32.const 1))))
    (func (export "drops") (result i32) (global.get $drops))
    (func (export "size") (param i32) (result i32) (local.get 0)))
  (core instance $m (instantiate $m))
  (type $shape (resource (rep i32) (dtor (func $m "dtor"))))
  (core func $new (canon resource.new $shape))
  (core module $n
    (import "" "new" (func $new (param i32) (result i32)))
    (func (export "new") (param i32) (result i32) (call $new (local.get 0))))
  (core instance $n (instantiate $n (with "" (instance (export "new" (func $new))))))
  (func $make (param "size" u32) (result (own $shape)) (canon lift (core func $n "new")))
  (func $size (param "self" (borrow $shape)) (result u32) (canon lift (core func $m "size")))
  (func $drops (result u32) (canon lift (core func $m "drops")))
  (component $shapes
    (import "shape" (type $shape (sub resource)))
    (import "make" (func $make (param "size" u32) (result (own $shape))))
    (import "size" (func $size (param "self" (borrow $shape)) (result u32)))
    (import "drops" (func $drops (result u32)))
    (export $out "shape" (type $shape))
    (export "[constructor]shape" (func $make) (func (param "size" u32) (result (own $out))))
    (export "[method]shape.size" (func $size) (func (param "self" (borrow $out)) (result u32)))
    (export "drops" (func $drops)))
  (instance $shapes (instantiate $shapes
    (with "shape" (type $shape))
    (with "make" (func $make))
    (with "size" (func $size))
    (with "drops" (func $drops))))
  (export "acme:geo/shapes@1.2.0" (instance $shapes)))
