;; Calls the host for ever.
(module
  (import "host" "work" (func $work))
  (func (export "run") (loop $l (call $work) (br $l))))
