;; Exports something, but not what `run` or `serve` needs.
(component
  (core module $m (func (export "f")))
  (core instance $i (instantiate $m))
  (func $f (canon lift (core func $i "f")))
  (export "greet" (func $f)))
