;; Bulk instructions with all numbers given by the host.
(module
  (table $functions 5 funcref)
  (table $externals 5 externref)
  (func (export "fill") (param i32 i32)
    local.get 0
    ref.null extern
    local.get 1
    table.fill $externals)
  (func (export "copy") (param i32 i32 i32)
    local.get 0
    local.get 1
    local.get 2
    table.copy $functions $functions))
