package dev.virga.link;

import java.nio.charset.StandardCharsets;

/** Types without parts. */
enum WireScalar implements WireType {
    BOOL {
        @Override
        public void write(WireWriter out, Object value) {
            out.u8((Boolean) value ? 1 : 0);
        }

        @Override
        public Object read(WireReader in) {
            return in.discriminant(2) == 1;
        }
    },
    BYTE {
        @Override
        public void write(WireWriter out, Object value) {
            out.u8((Byte) value);
        }

        @Override
        public Object read(WireReader in) {
            return (byte) in.u8();
        }
    },
    S16 {
        @Override
        public void write(WireWriter out, Object value) {
            out.signed((Short) value);
        }

        @Override
        public Object read(WireReader in) {
            return (short) in.signed(Short.SIZE);
        }
    },
    U16 {
        @Override
        public void write(WireWriter out, Object value) {
            out.unsigned(Short.toUnsignedLong((Short) value));
        }

        @Override
        public Object read(WireReader in) {
            return (short) in.unsigned(Short.SIZE);
        }
    },
    S32 {
        @Override
        public void write(WireWriter out, Object value) {
            out.signed((Integer) value);
        }

        @Override
        public Object read(WireReader in) {
            return (int) in.signed(Integer.SIZE);
        }
    },
    U32 {
        @Override
        public void write(WireWriter out, Object value) {
            out.unsigned(Integer.toUnsignedLong((Integer) value));
        }

        @Override
        public Object read(WireReader in) {
            return (int) in.unsigned(Integer.SIZE);
        }
    },
    S64 {
        @Override
        public void write(WireWriter out, Object value) {
            out.signed((Long) value);
        }

        @Override
        public Object read(WireReader in) {
            return in.signed(Long.SIZE);
        }
    },
    U64 {
        @Override
        public void write(WireWriter out, Object value) {
            out.unsigned((Long) value);
        }

        @Override
        public Object read(WireReader in) {
            return in.unsigned(Long.SIZE);
        }
    },
    F32 {
        @Override
        public int least() {
            return Float.BYTES;
        }

        @Override
        public void write(WireWriter out, Object value) {
            out.little(Float.floatToIntBits((Float) value), Float.BYTES); // makes every NaN the canonical one
        }

        @Override
        public Object read(WireReader in) {
            float value = Float.intBitsToFloat((int) in.little(Float.BYTES));
            return Float.isNaN(value) ? Float.NaN : value;
        }
    },
    F64 {
        @Override
        public int least() {
            return Double.BYTES;
        }

        @Override
        public void write(WireWriter out, Object value) {
            out.little(Double.doubleToLongBits((Double) value), Double.BYTES);
        }

        @Override
        public Object read(WireReader in) {
            double value = Double.longBitsToDouble(in.little(Double.BYTES));
            return Double.isNaN(value) ? Double.NaN : value;
        }
    },
    CHAR {
        @Override
        public void write(WireWriter out, Object value) {
            out.bytes(Character.toString((Integer) value).getBytes(StandardCharsets.UTF_8));
        }

        @Override
        public Object read(WireReader in) {
            return in.character();
        }
    },
    STRING {
        @Override
        public void write(WireWriter out, Object value) {
            byte[] text = ((String) value).getBytes(StandardCharsets.UTF_8);
            out.unsigned(text.length);
            out.bytes(text);
        }

        @Override
        public Object read(WireReader in) {
            return in.text();
        }
    },
    /** {@code list<u8>}, which is an array. */
    BYTES {
        @Override
        public void write(WireWriter out, Object value) {
            byte[] bytes = (byte[]) value;
            out.unsigned(bytes.length);
            out.bytes(bytes);
        }

        @Override
        public Object read(WireReader in) {
            return in.bytes(in.count(1));
        }
    };

    @Override
    public int least() {
        return 1;
    }
}
