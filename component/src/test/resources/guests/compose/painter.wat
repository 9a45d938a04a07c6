;; Uses the resource of one interface in another.
(component
  (import "acme:geo/shapes@1.0.0" (instance $shapes
    (export "shape" (type $shape (sub resource)))
    (export "[method]shape.size" (func (param "self" (borrow $shape)) (result u32)))))
  (alias export $shapes "shape" (type $shape))
  (core func $size (canon lower (func $shapes "[method]shape.size")))
  (core func $drop (canon resource.drop $shape))
  (core module $m
    (import "" "size" (func $size (param i32) (result i32)))
    (import "" "drop" (func $drop (param i32)))
    ;; a hundred strokes for each unit
    (func (export "paint") (param i32) (result i32)
      (local $size i32)
      (local.set $size (call $size (local.get 0)))
      (call $drop (local.get 0))
      (i32.mul (local.get $size) (i32.const 100))))
  (core instance $i (instantiate $m (with "" (instance
    (export "size" (func $size)) (export "drop" (func $drop))))))
  (func $paint (param "shape" (borrow $shape)) (result u32) (canon lift (core func $i "paint")))
  (component $painter
    (import "shape" (type $shape (sub resource)))
    (import "paint" (func $paint (param "shape" (borrow $shape)) (result u32)))
    (export $out "shape" (type $shape))
    (export "paint" (func $paint) (func (param "shape" (borrow $out)) (result u32))))
  (instance $painter (instantiate $painter (with "shape" (type $shape)) (with "paint" (func $paint))))
  (export "acme:geo/painter@1.0.0" (instance $painter)))
