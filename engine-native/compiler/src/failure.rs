//! Why a module is not compiled.

/// The reasons, with the status codes of INTERFACE.md.
#[derive(Debug)]
pub enum Failure {
    Malformed(String),
    Invalid(String),
    /// The message begins with the name of the feature that the compiler lacks.
    Unsupported(String),
}

impl Failure {
    pub fn status(&self) -> u32 {
        match self {
            Failure::Malformed(_) => 1,
            Failure::Invalid(_) => 2,
            Failure::Unsupported(_) => 3,
        }
    }

    pub fn message(&self) -> &str {
        match self {
            Failure::Malformed(message) | Failure::Invalid(message) | Failure::Unsupported(message) => message,
        }
    }

    pub fn unsupported(feature: &str, offset: u64) -> Failure {
        Failure::Unsupported(format!("{feature} (at offset {offset:#x})"))
    }
}

/// A parser's or validator's error; `session::classify` decides later which of the two it is.
impl From<wasmparser::BinaryReaderError> for Failure {
    fn from(error: wasmparser::BinaryReaderError) -> Failure {
        Failure::Invalid(error.to_string())
    }
}
