;; Two instances of it, with one table: a function reference goes from one to the other with an indirect call.
(module
  (import "host" "table" (table $table 1 funcref))
  (global $kept (export "kept") (mut funcref) (ref.null func))
  (elem declare func $keep $answer)
  (func $keep (export "keep") (param funcref)
    local.get 0
    global.set $kept)
  (func $answer (export "answer") (result i32)
    i32.const 42)
  (func (export "publish")
    i32.const 0
    ref.func $keep
    table.set $table)
  (func (export "send")
    ref.func $answer
    i32.const 0
    call_indirect $table (param funcref)))
