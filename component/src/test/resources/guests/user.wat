;; Imports another component's counters twice, under two names that may be two instances.
(component
  (type $counters (instance
    (export "counter" (type $counter (sub resource)))
    (export "[constructor]counter" (func (param "value" u32) (result (own $counter))))
    (export "[method]counter.value" (func (param "self" (borrow $counter)) (result u32)))))
  (import "one" (instance $one (type $counters)))
  (import "two" (instance $two (type $counters)))
  (alias export $one "counter" (type $counter1))
  (alias export $two "counter" (type $counter2))
  (core func $new1 (canon lower (func $one "[constructor]counter")))
  (core func $value1 (canon lower (func $one "[method]counter.value")))
  (core func $new2 (canon lower (func $two "[constructor]counter")))
  (core func $value2 (canon lower (func $two "[method]counter.value")))
  (core func $drop1 (canon resource.drop $counter1))
  (core func $drop2 (canon resource.drop $counter2))
  (core module $m
    (import "" "new1" (func $new1 (param i32) (result i32)))
    (import "" "value1" (func $value1 (param i32) (result i32)))
    (import "" "new2" (func $new2 (param i32) (result i32)))
    (import "" "value2" (func $value2 (param i32) (result i32)))
    (import "" "drop1" (func $drop1 (param i32)))
    (import "" "drop2" (func $drop2 (param i32)))
    ;; 100 × one's value + two's value
    (func (export "sum") (param i32 i32) (result i32)
      (local $a i32) (local $b i32) (local $sum i32)
      (local.set $a (call $new1 (local.get 0)))
      (local.set $b (call $new2 (local.get 1)))
      (local.set $sum (i32.add
        (i32.mul (call $value1 (local.get $a)) (i32.const 100))
        (call $value2 (local.get $b))))
      (call $drop1 (local.get $a))
      (call $drop2 (local.get $b))
      (local.get $sum))
    ;; asks two for the value of one's counter
    (func (export "confuse") (param i32) (result i32) (call $value2 (call $new1 (local.get 0)))))
  (core instance $i (instantiate $m (with "" (instance
    (export "new1" (func $new1)) (export "value1" (func $value1))
    (export "new2" (func $new2)) (export "value2" (func $value2))
    (export "drop1" (func $drop1)) (export "drop2" (func $drop2))))))
  (func (export "sum") (param "a" u32) (param "b" u32) (result u32) (canon lift (core func $i "sum")))
  (func (export "confuse") (param "a" u32) (result u32) (canon lift (core func $i "confuse"))))
