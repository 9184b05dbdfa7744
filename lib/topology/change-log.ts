/**
 * Days for which a server that others fetch from keeps its log of changes, one for each directory (R6, R7): a copy that was away
 * for longer is filled anew.
 */
export const LOG_DAYS = 7;
