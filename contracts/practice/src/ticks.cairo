//! The tick of a square root of a price: the whole part of log(price) / log(base).
//!
//! By repeated division with base^(2^i / 2), the largest first (Uniswap v3 white paper, section 6.1,
//! for the relation of price and tick). Each step is rounded in the 96th bit; a tick is one in a
//! million, so the result is exact but for prices that lie within 10^-26 of a border.

use crate::curve::{Q128, Q96};
use crate::types::{i129, signed};

const SHIFT: u256 = 0x100000000;

/// base = 1.000001: base^(2^i / 2) and its inverse, of 2^96, i from 26 down to 0.
const MILLIONTHS: [(u256, u256); 27] = [
    (0x153dba87eee383b9e6c6f4e1cc9626ff691a7, 0xc0d55d4d7153),
    (0x126f6bd3fdb4038d3e94dfad3793def, 0xde2ee4bc381afa708a),
    (0x112cacbf56b308c95d24420dce38, 0xee7e32d61fdb0a5e622b8),
    (0x424eb37ef7395f4753cd5e9d95, 0x3dc5dac7376e20fc8679759),
    (0x82497886e5f3acf0f2ceddf24, 0x1f703399d88f6aa83a28b22d),
    (0x2da846e1a104e7afedfa23fe7, 0x59b63684b86e9f486ec54727),
    (0x1b07307d39096e915ca559b81, 0x978bcb9894317807e5fa4499),
    (0x14cba066b459bf925771850f0, 0xc4f76b68947482dc198a48a5),
    (0x123da4d87fa14a979b43ee865, 0xe08d35706200796273f0b3aa),
    (0x11156d3f708b891ae4c3514e9, 0xefc2bf59df33ecc28125cf79),
    (0x108870dec4a0fcf3800bcce63, 0xf7bf5211c72f5185f372aeb2),
    (0x1043a95ea58a7e13166b2d2ff, 0xfbd701c7cbc4c8a6bb81efd2),
    (0x1021b135fe0ba1923adaaaf5c, 0xfde95287d26d81bea159c370),
    (0x1010cfc5f403ff4a66405090e, 0xfef41d1a5f2ae3a20676bec7),
    (0x100865aedf76a610ef901d56b, 0xff79eb706b9a64c6431d76e6),
    (0x1004324a8e0e25df518d0d56d, 0xffbceceeb791747f10df216f),
    (0x1002190213396d95c8192ef37, 0xffde7444b28145508125d100),
    (0x10010c783d3cf1425cb2c9330, 0xffef3995a5b6a6267530f207),
    (0x10008639eb98faa9e37bd93db, 0xfff79ca7a4d1bf1ee8556cea),
    (0x1000431c690d6c338c489b45b, 0xfffbce4b06c196e9247ac877),
    (0x1000218e11573b9beb9c12c3b, 0xfffde72350725cc4ea8feece),
    (0x100010c6ffdfc867be19a08c5, 0xfffef3911b7cff24ba1b3dbb),
    (0x100008637dbcf00177ee9ca23, 0xffff79c86a8f6150a32d9779),
    (0x10000431be51bb1906f8b164f, 0xffffbce42c7be6c998ad6318),
    (0x10000218df05ae5732d4c0aa2, 0xffffde72140b00a354bd3dc8),
    (0x1000010c6f7a0b5ed8d36b4c8, 0xffffef390978c398134b4ff3),
    (0x1000008637bad2bc4eb655749, 0xfffff79c8499329c7cbb2511),
];

/// base = 1.0001: base^(2^i / 2) and its inverse, of 2^96, i from 19 down to 0.
const TEN_THOUSANDTHS: [(u256, u256); 20] = [
    (0x38651b58d457501416feade3193a21b786, 0x48a170391f7dc42),
    (0x78278e1e19e448cf8b95d2152dcd0, 0x2216e584f5fa1ea92604),
    (0x2bd893d0b2df7c97884590c66ce, 0x5d6af8dedb81196699c329),
    (0x1a7c8d00b551684ff4d31ae066, 0x9aa508b5b7a84e1c677de55),
    (0x525816eeb9f935b1c616779e9, 0x31be135f97d08fd981231505),
    (0x244c2655d185a029080252878, 0x70d869a156d2a1b890bb3df6),
    (0x181954be69e0da8fe77f2ab43, 0xa9f746462d870fdf8a65dc20),
    (0x13a2e2bda04f8379f3cd17be6, 0xd097f3bdfd2022b8845ad8f8),
    (0x11b9a258e63928596dc757fab, 0xe7159475a2c29b7443b29c80),
    (0x10d72a6a46ccd8bce9ae771b2, 0xf3392b0822b70005940c7a3a),
    (0x106a34b78c8aaffbf81bed5a4, 0xf987a7253ac413176f2b074d),
    (0x1034c35c31f64cfa6dc0d6de5, 0xfcbe86c7900a88aedcffc83b),
    (0x101a4c11c742dd7729738df5f, 0xfe5dee046a99a2a811c461f2),
    (0x100d20a63b4173839df9daaa6, 0xff2ea16466c96a3843ec78b3),
    (0x10068efb00a525480a5d7fdc3, 0xff973b41fa98c081472e6897),
    (0x100347278ab0e92ada25ab461, 0xffcb9843d60f6159c9db5883),
    (0x1001a37e4a234cb0830516e52, 0xffe5caca7e10e4e61c3624eb),
    (0x1000d1b9c68abe5f76b30fb76, 0xfff2e50f5f656932ef12357d),
    (0x100068db8bac710cb295e9e1c, 0xfff97272373d413259a46990),
    (0x1000346d6ff11672ae55ad010, 0xfffcb933bd6fad37aa2d162d),
];

/// The tick of base 1.000001 for a square root of 2^128.
pub fn tick_of_x128(sqrt: u256) -> i129 {
    if sqrt >= Q128 {
        let (steps, _) = steps(sqrt / SHIFT, MILLIONTHS.span());
        signed(steps, false)
    } else {
        let (steps, rest) = steps(Q96 * Q128 / sqrt, MILLIONTHS.span());
        signed(below(steps, rest), true)
    }
}

/// The tick of base 1.0001 for a square root of 2^96.
pub fn tick_of_x96(sqrt: u256) -> i129 {
    if sqrt >= Q96 {
        let (steps, _) = steps(sqrt, TEN_THOUSANDTHS.span());
        signed(steps, false)
    } else {
        let (steps, rest) = steps(Q96 * Q96 / sqrt, TEN_THOUSANDTHS.span());
        signed(below(steps, rest), true)
    }
}

/// Rounded towards minus infinity.
fn below(steps: u128, rest: u256) -> u128 {
    if rest > Q96 {
        steps + 1
    } else {
        steps
    }
}

fn steps(mut ratio: u256, table: Span<(u256, u256)>) -> (u128, u256) {
    let mut steps: u128 = 0;
    for (power, inverse) in table {
        steps *= 2;
        if ratio >= *power {
            ratio = ratio * *inverse / Q96;
            steps += 1;
        }
    }
    (steps, ratio)
}
