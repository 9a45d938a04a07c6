(module $stress
  (type $unary (func (param i32) (result i32)))
  (type $void (func))
  (import "host" "step" (func $step (param i32 i32) (result i32)))
  (import "host" "mix" (func $mix (param i64 externref f32 f64) (result f64 externref i64)))
  (memory (export "memory") 2 64)
  (table $table 4 64 funcref)
  (elem (i32.const 0) $double)
  (func $double (type $unary) (i32.mul (local.get 0) (i32.const 2)))

  ;; What lives across the call of the host, in registers and in memory, must be there after it.
  (func (export "walk") (param $depth i32) (param $value i32) (result i32)
    (local $mixed i32) (local $wide i64) (local $half f64)
    (local.set $mixed (i32.add (i32.mul (local.get $value) (i32.const 31)) (local.get $depth)))
    (local.set $wide (i64.mul (i64.extend_i32_s (local.get $mixed)) (i64.const 0x9e3779b97f4a7c15)))
    (local.set $half (f64.mul (f64.convert_i32_s (local.get $value)) (f64.const 0.5)))
    (i32.store (i32.mul (local.get $depth) (i32.const 4)) (local.get $value))
    (local.set $mixed (i32.add (local.get $mixed) (call $step (local.get $depth) (local.get $value))))
    (i32.xor
      (i32.add
        (i32.add (local.get $mixed) (i32.load (i32.mul (local.get $depth) (i32.const 4))))
        (i32.wrap_i64 (i64.shr_u (local.get $wide) (i64.const 32))))
      (i32.trunc_f64_s (local.get $half))))

  (func (export "mix") (param i64 externref f32 f64) (result f64 externref i64)
    (call $mix (local.get 0) (local.get 1) (local.get 2) (local.get 3)))

  (func (export "compute") (param $n i32) (param $x i32) (result i32)
    (loop $again
      (local.set $x (i32.add (i32.mul (local.get $x) (i32.const 1103515245)) (i32.const 12345)))
      (br_if $again (local.tee $n (i32.sub (local.get $n) (i32.const 1)))))
    (call_indirect (type $unary) (local.get $x) (i32.const 0)))

  (func (export "grow") (param i32) (result i32) (memory.grow (local.get 0)))
  (func (export "growTable") (param i32) (result i32) (table.grow (ref.null func) (local.get 0)))
  (func (export "fill") (param $value i32)
    (memory.fill (i32.const 1024) (local.get $value) (i32.sub (i32.mul (memory.size) (i32.const 65536)) (i32.const 1024))))

  (func (export "forever")
    (i32.store8 (i32.const 1000) (i32.const 1))
    (loop $again (br $again)))

  (func $recurse (export "recurse") (param i32) (result i32)
    (i32.add (call $recurse (i32.add (local.get 0) (i32.const 1))) (i32.const 1)))

  ;; The trap with this number, in the order of Trap.Kind.
  (func (export "trap") (param $kind i32)
    (block $mismatch (block $uninitialized (block $undefined (block $table (block $memory
    (block $conversion (block $overflow (block $zero (block $unreachable
      (br_table $unreachable $zero $overflow $conversion $memory $table $undefined $uninitialized $mismatch
        (local.get $kind)))
      (unreachable))
      (drop (i32.div_s (i32.const 1) (i32.const 0))) (return))
      (drop (i32.div_s (i32.const 0x80000000) (i32.const -1))) (return))
      (drop (i32.trunc_f32_s (f32.const nan))) (return))
      (drop (i32.load (i32.const -1))) (return))
      (drop (table.get $table (i32.const -1))) (return))
      (call_indirect (type $void) (i32.const -1)) (return))
      (call_indirect (type $void) (i32.const 1)) (return))
    (call_indirect (type $void) (i32.const 0))))
