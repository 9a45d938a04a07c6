;; Hands GET requests on to the next handler; others get no answer.
(component
  (import "wasi:http/types@0.2.0" (instance $types
    (type $method' (variant
      (case "get") (case "head") (case "post") (case "put") (case "delete")
      (case "connect") (case "options") (case "trace") (case "patch") (case "other" string)))
    (export "method" (type $method (eq $method')))
    (export "incoming-request" (type $request (sub resource)))
    (export "response-outparam" (type $out (sub resource)))
    (export "[method]incoming-request.method" (func (param "self" (borrow $request)) (result $method)))))
  (alias export $types "incoming-request" (type $request))
  (alias export $types "response-outparam" (type $out))
  (import "wasi:http/incoming-handler@0.2.0" (instance $next
    (alias outer 1 $request (type $request'))
    (export "incoming-request" (type $request (eq $request')))
    (alias outer 1 $out (type $out'))
    (export "response-outparam" (type $out (eq $out')))
    (export "handle" (func (param "request" (own $request)) (param "response-out" (own $out))))))
  (core module $libc
    (memory (export "memory") 1)
    ;; for the name of a method that is no usual one; what lies there before is not needed
    (func (export "realloc") (param i32 i32 i32 i32) (result i32) (i32.const 1024)))
  (core instance $libc (instantiate $libc))
  (core func $method (canon lower (func $types "[method]incoming-request.method")
    (memory $libc "memory") (realloc (func $libc "realloc"))))
  (core func $next (canon lower (func $next "handle")))
  (core func $drop-request (canon resource.drop $request))
  (core func $drop-out (canon resource.drop $out))
  (core module $m
    (import "libc" "memory" (memory 1))
    (import "host" "method" (func $method (param i32 i32)))
    (import "host" "next" (func $next (param i32 i32)))
    (import "host" "drop-request" (func $drop-request (param i32)))
    (import "host" "drop-out" (func $drop-out (param i32)))
    (func (export "handle") (param $request i32) (param $out i32)
      (call $method (local.get $request) (i32.const 16))
      (if (i32.load8_u (i32.const 16))
        (then (call $drop-request (local.get $request)) (call $drop-out (local.get $out)))
        (else (call $next (local.get $request) (local.get $out))))))
  (core instance $i (instantiate $m (with "libc" (instance $libc)) (with "host" (instance
    (export "method" (func $method))
    (export "next" (func $next))
    (export "drop-request" (func $drop-request))
    (export "drop-out" (func $drop-out))))))
  (func $handle (param "request" (own $request)) (param "response-out" (own $out))
    (canon lift (core func $i "handle")))
  (component $handler
    (import "incoming-request" (type $request (sub resource)))
    (import "response-outparam" (type $out (sub resource)))
    (import "handle" (func $handle (param "request" (own $request)) (param "response-out" (own $out))))
    (export $request' "incoming-request" (type $request))
    (export $out' "response-outparam" (type $out))
    (export "handle" (func $handle) (func (param "request" (own $request')) (param "response-out" (own $out')))))
  (instance $handler (instantiate $handler
    (with "incoming-request" (type $request))
    (with "response-outparam" (type $out))
    (with "handle" (func $handle))))
  (export "wasi:http/incoming-handler@0.2.0" (instance $handler)))
