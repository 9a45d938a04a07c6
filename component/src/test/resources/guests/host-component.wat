;; Imports a component and a core module, and makes instances of both.
(component
  (import "adder" (component $adder
    (export "add" (func (param "a" u32) (param "b" u32) (result u32)))))
  (import "answer" (core module $answer
    (export "answer" (func (result i32)))))
  (instance $adder (instantiate $adder))
  (core instance $answer (instantiate $answer))
  (export "add" (func $adder "add"))
  (func (export "answer") (result u32) (canon lift (core func $answer "answer"))))
