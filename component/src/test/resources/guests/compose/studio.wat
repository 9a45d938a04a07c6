;; Makes a shape with one interface, hands it to another, and gives one away.
(component
  (import "acme:geo/shapes@1.1.0" (instance $shapes
    (export "shape" (type $shape (sub resource)))
    (export "[constructor]shape" (func (param "size" u32) (result (own $shape))))
    (export "drops" (func (result u32)))))
  (alias export $shapes "shape" (type $shape))
  (import "acme:geo/painter@1.0.0" (instance $painter
    (alias outer 1 $shape (type $outer))
    (export "shape" (type $shape (eq $outer)))
    (export "paint" (func (param "shape" (borrow $shape)) (result u32)))))
  (core func $new (canon lower (func $shapes "[constructor]shape")))
  (core func $drops (canon lower (func $shapes "drops")))
  (core func $paint (canon lower (func $painter "paint")))
  (core func $drop (canon resource.drop $shape))
  (core module $m
    (import "" "new" (func $new (param i32) (result i32)))
    (import "" "drops" (func $drops (result i32)))
    (import "" "paint" (func $paint (param i32) (result i32)))
    (import "" "drop" (func $drop (param i32)))
    ;; the strokes for a shape of this size, and how many shapes have gone so far
    (func (export "work") (param i32) (result i32)
      (local $shape i32) (local $strokes i32)
      (local.set $shape (call $new (local.get 0)))
      (local.set $strokes (call $paint (local.get $shape)))
      (call $drop (local.get $shape))
      (i32.add (local.get $strokes) (call $drops)))
    (func (export "give") (param i32) (result i32) (call $new (local.get 0))))
  (core instance $i (instantiate $m (with "" (instance
    (export "new" (func $new))
    (export "drops" (func $drops))
    (export "paint" (func $paint))
    (export "drop" (func $drop))))))
  (func (export "work") (param "size" u32) (result u32) (canon lift (core func $i "work")))
  (func $give (param "size" u32) (result (own $shape)) (canon lift (core func $i "give")))
  (export "give" (func $give)))
