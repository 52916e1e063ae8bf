/** Looks at the files below a root and says what is wrong with them, a sentence each. */
export type Check = (root: string) => readonly string[]
