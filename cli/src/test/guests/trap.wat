;; Traps, three calls deep.
(component
  (core module $m
    (func $innermost unreachable)
    (func $middle call $innermost)
    (func (export "run") (result i32) call $middle i32.const 0)
  )
  (core instance $i (instantiate $m))
  (func $run (result (result)) (canon lift (core func $i "run")))
  (instance $command (export "run" (func $run)))
  (export "wasi:cli/run@0.2.0" (instance $command)))
