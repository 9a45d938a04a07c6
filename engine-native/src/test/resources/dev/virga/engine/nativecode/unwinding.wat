;; Vectors in exceptions and over throws; exceptions by reference again and again.
(module $unwinding
  (tag $vector (export "vector") (param i32 v128))
  (tag $bare)

  (func $throw (export "throw") (param v128) (throw $vector (i32.const 1) (local.get 0)))

  ;; The vector that was thrown, and one that lived on.
  (func (export "catch") (param v128) (result v128 v128)
    (local $kept v128)
    (local.set $kept (i32x4.add (local.get 0) (i32x4.splat (i32.const 1))))
    (block $done (result i32 v128)
      (try_table (catch $vector $done) (call $throw (local.get 0)))
      (unreachable))
    (local.set 0)
    (drop)
    (local.get 0)
    (local.get $kept))

  (func $throwBare (throw $bare))

  ;; Throws and catches so many times.
  (func (export "throws") (param $times i32)
    (loop $next
      (block $done
        (try_table (catch_all $done) (call $throwBare))
        (unreachable))
      (br_if $next (local.tee $times (i32.sub (local.get $times) (i32.const 1))))))

  (func (export "references") (param $times i32)
    (loop $next
      (block $done (result exnref)
        (try_table (catch_all_ref $done) (call $throwBare))
        (unreachable))
      (drop)
      (br_if $next (local.tee $times (i32.sub (local.get $times) (i32.const 1))))))

  ;; An exception passes so many frames that catch it by reference and throw it again.
  (func $pass (export "pass") (param $frames i32)
    (if (i32.eqz (local.get $frames)) (then (call $throwBare)))
    (block $again (result (ref exn))
      (try_table (catch_all_ref $again) (call $pass (i32.sub (local.get $frames) (i32.const 1))))
      (unreachable))
    (throw_ref)))
