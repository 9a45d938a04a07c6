;; Three components that each fill a handle table of their own.
(component
  (component $filler
    (type $r (resource (rep i32)))
    (core func $new (canon resource.new $r))
    (core module $m
      (import "" "new" (func $new (param i32) (result i32)))
      (func (export "fill") (param $n i32)
        (loop $again
          (drop (call $new (i32.const 1)))
          (br_if $again (local.tee $n (i32.sub (local.get $n) (i32.const 1)))))))
    (core instance $i (instantiate $m (with "" (instance (export "new" (func $new))))))
    (func (export "fill") (param "count" u32) (canon lift (core func $i "fill"))))
  (instance $a (instantiate $filler))
  (instance $b (instantiate $filler))
  (instance $c (instantiate $filler))
  (export "a" (func $a "fill"))
  (export "b" (func $b "fill"))
  (export "c" (func $c "fill")))
