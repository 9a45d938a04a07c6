module PROJECT_NAME

go 1.24

tool go.bytecodealliance.org/cmd/wit-bindgen-go

require go.bytecodealliance.org/cm v0.3.0

require go.bytecodealliance.org v0.7.0 // indirect
