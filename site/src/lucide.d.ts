/** Icons of Lucide as one path each, made by `build/lucide-icons.ts`. */
declare module 'lucide:*' {
  /** The `d` of a path in a box of 24 × 24, to be drawn with a round stroke of 2. */
  export const path: string
}
