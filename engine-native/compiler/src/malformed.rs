//! Tells malformed modules from invalid ones.

use crate::failure::Failure;
use wasmparser::{BinaryReaderError, Operator, Parser, Payload};

/// A failed validation of a module that is malformed becomes that.
pub fn classify(failure: Failure, bytes: &[u8]) -> Failure {
    match failure {
        Failure::Invalid(message) => match read(bytes) {
            Ok(()) => Failure::Invalid(message),
            Err(error) => Failure::Malformed(error.to_string()),
        },
        other => other,
    }
}

/// Reads everything and validates nothing but what the binary format itself asks (binary format, "modules").
fn read(bytes: &[u8]) -> Result<(), Box<dyn std::error::Error>> {
    let mut last = 0;
    let (mut functions, mut bodies, mut data_count, mut data) = (0, 0, None, 0);
    for payload in Parser::new(0).parse_all(bytes) {
        let payload = payload?;
        if let Some(place) = place(&payload) {
            if place <= last {
                return Err("section out of order".into());
            }
            last = place;
        }
        match payload {
            Payload::TypeSection(section) => items(section)?,
            Payload::ImportSection(section) => {
                for import in section.into_imports() {
                    import?;
                }
            }
            Payload::FunctionSection(section) => {
                functions = section.count();
                items(section)?;
            }
            Payload::TableSection(section) => items(section)?,
            Payload::MemorySection(section) => items(section)?,
            Payload::TagSection(section) => items(section)?,
            Payload::GlobalSection(section) => items(section)?,
            Payload::ExportSection(section) => items(section)?,
            Payload::ElementSection(section) => {
                for element in section {
                    match element?.items {
                        wasmparser::ElementItems::Functions(section) => items(section)?,
                        wasmparser::ElementItems::Expressions(_, section) => items(section)?,
                    }
                }
            }
            Payload::DataCountSection { count, .. } => data_count = Some(count),
            Payload::DataSection(section) => {
                data = section.count();
                items(section)?;
            }
            Payload::CodeSectionEntry(body) => {
                bodies += 1;
                let mut locals = 0_u64;
                for group in body.get_locals_reader()? {
                    locals += u64::from(group?.0);
                }
                if locals > u64::from(u32::MAX) {
                    return Err("too many locals".into());
                }
                let mut operators = body.get_operators_reader()?;
                while !operators.eof() {
                    if let Operator::MemoryInit { .. } | Operator::DataDrop { .. } = operators.read()?
                        && data_count.is_none()
                    {
                        return Err("data count section required".into());
                    }
                }
                operators.finish()?;
            }
            Payload::UnknownSection { id, .. } => return Err(format!("malformed section id {id}").into()),
            _ => {}
        }
    }
    if functions != bodies {
        return Err("function and code section have inconsistent lengths".into());
    }
    if data_count.is_some_and(|count| count != data) {
        return Err("data count and data section have inconsistent lengths".into());
    }
    Ok(())
}

fn items<'a, T: wasmparser::FromReader<'a>>(
    section: wasmparser::SectionLimited<'a, T>,
) -> Result<(), BinaryReaderError> {
    for item in section {
        item?;
    }
    Ok(())
}

/// The order of sections.
fn place(payload: &Payload<'_>) -> Option<u32> {
    Some(match payload {
        Payload::TypeSection(_) => 1,
        Payload::ImportSection(_) => 2,
        Payload::FunctionSection(_) => 3,
        Payload::TableSection(_) => 4,
        Payload::MemorySection(_) => 5,
        Payload::TagSection(_) => 6,
        Payload::GlobalSection(_) => 7,
        Payload::ExportSection(_) => 8,
        Payload::StartSection { .. } => 9,
        Payload::ElementSection(_) => 10,
        Payload::DataCountSection { .. } => 11,
        Payload::CodeSectionStart { .. } => 12,
        Payload::DataSection(_) => 13,
        _ => return None,
    })
}
