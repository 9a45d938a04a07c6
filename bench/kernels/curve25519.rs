//! X25519 (RFC 7748, section 5), iterated as in its section 5.2: products of 64 by 64 bits.

/// A number modulo 2^255 − 19 in limbs of 51 bits, which may exceed them by a few.
type Field = [u64; 5];

const LOW: u64 = (1 << 51) - 1;

fn carried(wide: [u128; 5]) -> Field {
    let mut limbs = [0; 5];
    let mut carry = 0;
    for i in 0..5 {
        let sum = wide[i] + carry;
        limbs[i] = sum as u64 & LOW;
        carry = sum >> 51;
    }
    // 2^255 is 19
    let first = u128::from(limbs[0]) + 19 * carry;
    limbs[0] = first as u64 & LOW;
    limbs[1] += (first >> 51) as u64;
    limbs
}

fn add(a: &Field, b: &Field) -> Field {
    std::array::from_fn(|i| a[i] + b[i])
}

fn subtract(a: &Field, b: &Field) -> Field {
    // four times the modulus keeps limbs from going below zero
    const FOUR: Field = [4 * (LOW - 18), 4 * LOW, 4 * LOW, 4 * LOW, 4 * LOW];
    carried(std::array::from_fn(|i| u128::from(a[i] + FOUR[i] - b[i])))
}

fn multiply(a: &Field, b: &Field) -> Field {
    let mut wide = [0; 5];
    for i in 0..5 {
        for j in 0..5 {
            let wraps = if i + j < 5 { 1 } else { 19 };
            wide[(i + j) % 5] += u128::from(a[i]) * u128::from(wraps * b[j]);
        }
    }
    carried(wide)
}

/// a to the power of the modulus less 2.
fn inverse(a: &Field) -> Field {
    let mut result = *a;
    // of the exponent's 255 bits all are set but bits 2 and 4
    for bit in (0..254).rev() {
        result = multiply(&result, &result);
        if bit != 2 && bit != 4 {
            result = multiply(&result, a);
        }
    }
    result
}

fn from_bytes(bytes: &[u8; 32]) -> Field {
    std::array::from_fn(|i| {
        let bit = 51 * i;
        let mut window = [0; 16];
        let from = bit / 8;
        let length = (32 - from).min(16);
        window[..length].copy_from_slice(&bytes[from..from + length]);
        (u128::from_le_bytes(window) >> (bit % 8)) as u64 & LOW
    })
}

fn to_bytes(a: &Field) -> [u8; 32] {
    let mut limbs = carried(a.map(u128::from));
    // less the modulus, if the number is not below it
    let quotient = limbs.iter().fold(19, |carry, limb| (carry + limb) >> 51);
    let mut carry = 19 * quotient;
    for limb in &mut limbs {
        carry += *limb;
        *limb = carry & LOW;
        carry >>= 51;
    }
    let mut bytes = [0; 32];
    for bit in 0..255 {
        bytes[bit / 8] |= ((limbs[bit / 51] >> (bit % 51) & 1) as u8) << (bit % 8);
    }
    bytes
}

fn swap(yes: u64, a: &mut Field, b: &mut Field) {
    for i in 0..5 {
        let difference = yes.wrapping_neg() & (a[i] ^ b[i]);
        a[i] ^= difference;
        b[i] ^= difference;
    }
}

fn x25519(scalar: &[u8; 32], u: &[u8; 32]) -> [u8; 32] {
    let mut scalar = *scalar;
    scalar[0] &= 248;
    scalar[31] = scalar[31] & 127 | 64;
    let x1 = from_bytes(u);
    let (mut x2, mut z2, mut x3, mut z3) = ([1, 0, 0, 0, 0], [0; 5], x1, [1, 0, 0, 0, 0]);
    let mut swapped = 0;
    for bit in (0..255).rev() {
        let set = u64::from(scalar[bit / 8] >> (bit % 8) & 1);
        swap(swapped ^ set, &mut x2, &mut x3);
        swap(swapped ^ set, &mut z2, &mut z3);
        swapped = set;
        let (sum, difference) = (add(&x2, &z2), subtract(&x2, &z2));
        let (squared_sum, squared_difference) = (multiply(&sum, &sum), multiply(&difference, &difference));
        let e = subtract(&squared_sum, &squared_difference);
        let one = multiply(&subtract(&x3, &z3), &sum);
        let other = multiply(&add(&x3, &z3), &difference);
        let (plus, minus) = (add(&one, &other), subtract(&one, &other));
        x3 = multiply(&plus, &plus);
        z3 = multiply(&x1, &multiply(&minus, &minus));
        x2 = multiply(&squared_sum, &squared_difference);
        z2 = multiply(&e, &add(&squared_sum, &multiply(&[121665, 0, 0, 0, 0], &e)));
    }
    swap(swapped, &mut x2, &mut x3);
    swap(swapped, &mut z2, &mut z3);
    to_bytes(&multiply(&x2, &inverse(&z2)))
}

#[no_mangle]
pub extern "C" fn run(n: i32) -> i64 {
    let mut u = [0; 32];
    u[0] = 9;
    let mut k = u;
    for _ in 0..n {
        let result = x25519(&k, &u);
        u = k;
        k = result;
    }
    i64::from_le_bytes(k[..8].try_into().unwrap())
}
