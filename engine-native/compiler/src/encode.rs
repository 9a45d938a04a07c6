//! How results are written: bytes and LEB128 numbers.

#[derive(Default)]
pub struct Encoder {
    pub bytes: Vec<u8>,
}

impl Encoder {
    pub fn unsigned(&mut self, mut value: u64) {
        while value >= 0x80 {
            self.bytes.push(value as u8 | 0x80);
            value >>= 7;
        }
        self.bytes.push(value as u8);
    }

    pub fn signed(&mut self, mut value: i64) {
        // The last byte's bit 6 is the sign.
        while !(-0x40..0x40).contains(&value) {
            self.bytes.push(value as u8 | 0x80);
            value >>= 7;
        }
        self.bytes.push(value as u8 & 0x7f);
    }

    pub fn size(&mut self, value: usize) {
        self.unsigned(value as u64);
    }

    pub fn raw(&mut self, bytes: &[u8]) {
        self.bytes.extend_from_slice(bytes);
    }

    /// Offset and length of a part of the module.
    pub fn range(&mut self, range: &std::ops::Range<u64>) {
        self.unsigned(range.start);
        self.unsigned(range.end - range.start);
    }
}

#[cfg(test)]
mod tests {
    use super::Encoder;

    #[test]
    fn unsigned_numbers_are_leb128() {
        let mut encoder = Encoder::default();
        encoder.unsigned(0);
        encoder.unsigned(127);
        encoder.unsigned(128);
        encoder.unsigned(624485);
        assert_eq!(encoder.bytes, [0, 0x7f, 0x80, 1, 0xe5, 0x8e, 0x26]);
    }

    #[test]
    fn signed_numbers_are_leb128() {
        let mut encoder = Encoder::default();
        for value in [0, -1, 63, 64, -64, -65, -123456] {
            encoder.signed(value);
        }
        assert_eq!(encoder.bytes, [0, 0x7f, 0x3f, 0xc0, 0, 0x40, 0xbf, 0x7f, 0xc0, 0xbb, 0x78]);
    }
}
