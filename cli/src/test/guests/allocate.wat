;; Grows its memory by 1 MiB at a time, and traps when that is refused.
(component
  (core module $m
    (memory 1)
    (func $allocate (loop $again (br_if $again (i32.ne (memory.grow (i32.const 16)) (i32.const -1)))) unreachable)
    (func (export "run") (result i32) call $allocate i32.const 0)
  )
  (core instance $i (instantiate $m))
  (func $run (result (result)) (canon lift (core func $i "run")))
  (instance $command (export "run" (func $run)))
  (export "wasi:cli/run@0.2.0" (instance $command)))
