// Where things lie in the first 64 KiB of the shared memory. Static data of AssemblyScript starts at 49,152 (see build.ts).

/** Litlen codes: 10 bits first, subtables behind. 4 bytes an entry. */
export const LITLEN: usize = 1_024;
/** Distance codes: 9 bits first. */
export const DIST: usize = 13_312;
/** Codes for code lengths: 7 bits, no subtable. */
export const CODES: usize = 17_408;
/** Tables of the fixed codes (block type 1). */
export const FIXED_LITLEN: usize = 18_432;
export const FIXED_DIST: usize = 22_528;
/** What an entry says before its code length is known. */
export const LITLEN_PLAN: usize = 24_576;
export const DIST_PLAN: usize = 25_728;
export const CODES_PLAN: usize = 25_856;
/** Scratch of the table builder. */
export const LENGTHS: usize = 26_112;
export const COUNTS: usize = 26_880;
export const OFFSETS: usize = 26_944;
export const SORTED: usize = 27_008;
/** A bit for each first 16 bits of an object id that is looked for. */
export const WANTED: usize = 28_672;
/** What `differences` found. */
export const ENTRIES: usize = 36_864;
export const ENTRIES_ROOM: usize = 512;
