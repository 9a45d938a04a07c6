;; Exceptions through frames, instances and the host. What lies between is in the table.
(module $unwinding
  (type $step (func (param i32)))
  (type $values (func (param i32 i64 f32 f64 externref)))
  (tag $own (export "own") (param i32))
  (tag $other (param i32))
  (tag $wide (export "wide") (type $values))
  (tag $bare)
  (table $between (export "between") 1 funcref)
  (table $kept 2 exnref)
  (global $caught (export "caught") (mut i32) (i32.const -1))
  (memory (export "memory") 17)

  (func $throw (export "throw") (param i32) (throw $own (local.get 0)))

  ;; Calls what is between; the value of an own exception goes to $caught.
  (func (export "catch") (type $step)
    (block $done (result i32)
      (try_table (catch $other $done) (catch $own $done)
        (call_indirect $between (type $step) (local.get 0) (i32.const 0)))
      (return))
    (global.set $caught))

  (func (export "catchAll") (param i32) (result i32)
    (block $done
      (try_table (catch $other 1) (catch_all $done)
        (call_indirect $between (type $step) (local.get 0) (i32.const 0)))
      (return (i32.const 0)))
    (i32.const 1))

  ;; The innermost clause that matches catches: the first of these is for another tag.
  (func (export "innermost") (param i32) (result i32)
    (block $outer (result i32)
      (try_table (catch $own $outer)
        (block $inner (result i32)
          (try_table (catch $other $inner) (call $throw (local.get 0)))
          (i32.const 0))
        (return (i32.const -2)))
      (i32.const -3))
    (i32.add (i32.const 100)))

  ;; A clause applies to the calls in its try_table only.
  (func (export "leaves") (param i32)
    (block $done (result i32)
      (try_table (result i32) (catch $own $done) (i32.const 1)))
    (drop)
    (call $throw (local.get 0)))

  (func $descend (param $depth i32)
    (if (i32.eqz (local.get $depth)) (then (call $throw (i32.const 42))))
    (call $descend (i32.sub (local.get $depth) (i32.const 1))))

  (func (export "deep") (param $depth i32) (result i32)
    (block $done (result i32)
      (try_table (catch $own $done) (call $descend (local.get $depth)))
      (i32.const 0)))

  ;; Throws and catches so many times; the sum of the values.
  (func $sum (export "sum") (param $times i32) (result i64)
    (local $sum i64)
    (loop $next
      (block $done (result i32)
        (try_table (catch $own $done) (call $throw (local.get $times)))
        (i32.const 0))
      (i64.extend_i32_u)
      (local.set $sum (i64.add (local.get $sum)))
      (br_if $next (local.tee $times (i32.sub (local.get $times) (i32.const 1)))))
    (local.get $sum))

  ;; The label is a loop's: each exception starts the next round.
  (func (export "rounds") (param $times i32) (result i32)
    (local $rounds i32)
    (i32.const 0)
    (loop $again (param i32)
      (drop)
      (local.set $rounds (i32.add (local.get $rounds) (i32.const 1)))
      (try_table (catch $own $again)
        (if (i32.lt_u (local.get $rounds) (local.get $times)) (then (call $throw (i32.const 7))))))
    (local.get $rounds))

  (func $throwWide (param i32 i64 f32 f64 externref)
    (throw $wide (local.get 0) (local.get 1) (local.get 2) (local.get 3) (local.get 4)))

  (func (export "throwWide") (type $values) (param i32 i64 f32 f64 externref)
    (call $throwWide (local.get 0) (local.get 1) (local.get 2) (local.get 3) (local.get 4)))

  (func (export "catchWide") (param i32 i64 f32 f64 externref) (result i32 i64 f32 f64 externref)
    (block $done (result i32 i64 f32 f64 externref)
      (try_table (catch $wide $done)
        (call $throwWide (local.get 0) (local.get 1) (local.get 2) (local.get 3) (local.get 4)))
      (unreachable)))

  ;; Catches by reference, throws it again, catches the values.
  (func (export "again") (param i32 i64 f32 f64 externref) (result i32 i64 f32 f64 externref)
    (block $done (result i32 i64 f32 f64 externref)
      (try_table (catch $wide $done)
        (block $reference (result exnref)
          (try_table (catch_all_ref $reference)
            (call $throwWide (local.get 0) (local.get 1) (local.get 2) (local.get 3) (local.get 4)))
          (unreachable))
        (throw_ref))
      (unreachable)))

  ;; Values and reference at once; the reference is kept.
  (func (export "keep") (param i32) (result i32)
    (local $reference exnref)
    (block $done (result i32 exnref)
      (try_table (catch_ref $own $done) (call_indirect $between (type $step) (local.get 0) (i32.const 0)))
      (return (i32.const 0)))
    (local.set $reference)
    (table.set $kept (i32.const 1) (local.get $reference)))

  (func (export "throwKept") (param $at i32)
    (throw_ref (table.get $kept (local.get $at))))

  ;; Locals of every kind live on over the throw, in this frame and in the caller's.
  (func $sums (param $a i64) (param $b f64) (result f64)
    (local $c i64) (local $d f64)
    (local.set $c (i64.mul (local.get $a) (i64.const 3)))
    (local.set $d (f64.mul (local.get $b) (f64.const 3)))
    (block $done
      (try_table (catch $bare $done)
        (local.set $c (i64.add (local.get $c) (i64.const 1)))
        (throw $bare)))
    (f64.add (f64.convert_i64_s (i64.add (local.get $a) (local.get $c))) (f64.add (local.get $b) (local.get $d))))

  (func (export "keepsLocals") (param $a i64) (param $b i64) (param $c i64) (param $d i64) (param $e i64) (result f64)
    (local $x f64)
    (local.set $x (call $sums (local.get $a) (f64.convert_i64_s (local.get $b))))
    (local.set $x (f64.add (local.get $x) (call $sums (local.get $c) (f64.convert_i64_s (local.get $d)))))
    (f64.add (local.get $x)
      (f64.convert_i64_s
        (i64.add (i64.add (local.get $a) (i64.mul (local.get $b) (i64.const 10)))
          (i64.add (i64.mul (local.get $c) (i64.const 100))
            (i64.add (i64.mul (local.get $d) (i64.const 1000)) (i64.mul (local.get $e) (i64.const 10000))))))))

  (func (export "trap") (result i32)
    (block $done
      (try_table (catch_all $done) (i32.load (i32.const -1)) (drop))
      (return (i32.const 0)))
    (i32.const 1))

  (func $endless (result i32)
    (block $done
      (try_table (catch_all $done) (return (i32.add (call $endless) (i32.const 1)))))
    (i32.const 1))

  (func (export "overflow") (result i32) (call $endless))

  ;; Throws and catches for ever.
  (func (export "endless")
    (i32.store8 (i32.const 1048576) (i32.const 1))
    (loop $again (drop (call $sum (i32.const 1))) (br $again))))
