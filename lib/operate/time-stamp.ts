/** A moment as a part of the name of a file: `20261127T235959Z`. */
export const timeStamp = (moment: Date): string => moment.toISOString().replace(/[-:]|\.[0-9]+/g, '');
