const indexPattern = /^(0|[1-9][0-9]{0,8})$/;

/** The names of a dotted path; they may be empty, whoever minds must look. */
export const splitPath = (path: string): readonly string[] => path.split('.');

/** The array position a path part can mean besides a field name; undefined if it is no canonical number. */
export const arrayIndex = (part: string): number | undefined => (indexPattern.test(part) ? Number(part) : undefined);
