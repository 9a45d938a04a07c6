;; Never ends, in a start function.
(component
  (core module $m
    (func $forever (loop $again br $again))
    (start $forever)
    (func (export "run") (result i32) i32.const 0)
  )
  (core instance $i (instantiate $m))
  (func $run (result (result)) (canon lift (core func $i "run")))
  (instance $command (export "run" (func $run)))
  (export "wasi:cli/run@0.2.0" (instance $command)))
