(module $exceptions
  (tag $problem (export "problem") (param i32 i64))
  (import "host" "run" (func $run))
  (func (export "throw") (param i32 i64) (throw $problem (local.get 0) (local.get 1)))
  (func (export "catch") (result i32 i64)
    (block $caught (result i32 i64)
      (try_table (catch $problem $caught) (call $run))
      (i32.const 0) (i64.const 0)))
  (func (export "catchAll") (result i32)
    (block $caught
      (try_table (catch_all $caught) (call $run))
      (return (i32.const 0)))
    (i32.const 1)))
