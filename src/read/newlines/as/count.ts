// How many line ends are in a piece of memory: sixteen bytes a step, in lanes of bytes that are emptied before they are full.

export function count(from: usize, to: usize): u32 {
  const newline = i8x16.splat(10);
  let total: u32 = 0;
  let at = from;
  while (at + 16 <= to) {
    let lanes = i8x16.splat(0);
    const steps = min<usize>((to - at) >> 4, 255);
    const until = at + (steps << 4);
    // Where a byte is equal, eq gives -1.
    for (; at < until; at += 16) lanes = i8x16.sub(lanes, i8x16.eq(v128.load(at), newline));
    const sums = i32x4.extadd_pairwise_i16x8_u(i16x8.extadd_pairwise_i8x16_u(lanes));
    total +=
      i32x4.extract_lane(sums, 0) +
      i32x4.extract_lane(sums, 1) +
      i32x4.extract_lane(sums, 2) +
      i32x4.extract_lane(sums, 3);
  }
  for (; at < to; at++) if (load<u8>(at) == 10) total++;
  return total;
}
