// The words that a board may be asked with. Apart from the board, so that the door need not load a database for them.

export const TABS = ['open', 'snoozed', 'closed', 'all'] as const;
export type Tab = (typeof TABS)[number];
export const SORTS = ['urgent', 'recent', 'newest'] as const;
export type Sort = (typeof SORTS)[number];
