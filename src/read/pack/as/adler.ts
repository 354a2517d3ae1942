// Adler-32 (RFC 1950, 8.2), 32 bytes a step.

const BASE: u32 = 65_521;
/** So many bytes can be summed before the sums pass 32 bits; a multiple of 32 below zlib's 5552. */
const RUN: u32 = 5_536;

export function adler32(at: usize, length: u32): u32 {
  let low: u32 = 1;
  let high: u32 = 0;
  const first = i8x16(32, 31, 30, 29, 28, 27, 26, 25, 24, 23, 22, 21, 20, 19, 18, 17);
  const second = i8x16(16, 15, 14, 13, 12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1);
  while (length >= 32) {
    let run = min(length, RUN) & ~31;
    length -= run;
    high += low * run;
    let sums = i32x4.splat(0);
    let before = i32x4.splat(0);
    let weighted = i32x4.splat(0);
    const end = at + run;
    while (at < end) {
      const a = v128.load(at);
      const b = v128.load(at, 16);
      at += 32;
      before = i32x4.add(before, sums);
      sums = i32x4.add(
        sums,
        i32x4.extadd_pairwise_i16x8_u(i16x8.add(i16x8.extadd_pairwise_i8x16_u(a), i16x8.extadd_pairwise_i8x16_u(b))),
      );
      // 255 * 32 fits 16 bits; two of them do not always: pairs are added in 32.
      weighted = i32x4.add(
        weighted,
        i32x4.add(
          i32x4.extadd_pairwise_i16x8_u(i16x8.extmul_low_i8x16_u(a, first)),
          i32x4.extadd_pairwise_i16x8_u(i16x8.extmul_high_i8x16_u(a, first)),
        ),
      );
      weighted = i32x4.add(
        weighted,
        i32x4.add(
          i32x4.extadd_pairwise_i16x8_u(i16x8.extmul_low_i8x16_u(b, second)),
          i32x4.extadd_pairwise_i16x8_u(i16x8.extmul_high_i8x16_u(b, second)),
        ),
      );
    }
    low += total(sums);
    high += total(weighted) + (total(before) << 5);
    low %= BASE;
    high %= BASE;
  }
  while (length > 0) {
    low += load<u8>(at);
    high += low;
    at++;
    length--;
  }
  low %= BASE;
  high %= BASE;
  return (high << 16) | low;
}

function total(v: v128): u32 {
  return <u32>(
    i32x4.extract_lane(v, 0) + i32x4.extract_lane(v, 1) + i32x4.extract_lane(v, 2) + i32x4.extract_lane(v, 3)
  );
}
