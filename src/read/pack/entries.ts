// What is said of the entries of two trees, one beside the other.

/** As many as `differences` gives at a time, or one more. */
export const MOST_ENTRIES = 511;
/** What an entry is that differs. A tree in the place of another is not named as gone. */
export const GONE_BLOB = 0;
export const GONE_TREE = 1;
export const BLOB_THERE = 2;
export const TREE_THERE = 3;
