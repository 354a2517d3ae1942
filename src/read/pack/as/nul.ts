/** Whether one of the first `length` bytes is zero. May read 15 bytes more. */
export function nul(at: usize, length: u32): bool {
  const zero = i8x16.splat(0);
  const end = at + length;
  while (at + 16 <= end) {
    if (v128.any_true(i8x16.eq(v128.load(at), zero))) return true;
    at += 16;
  }
  while (at < end) {
    if (load<u8>(at) == 0) return true;
    at++;
  }
  return false;
}
