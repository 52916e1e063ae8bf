/** A part of a long list: indexes, half open. */
export interface RowSpan {
  readonly from: number
  readonly to: number
}

/** Rows beyond each edge, so that a fast scroll shows no white. */
const OVERSCAN = 10
/** The span moves in steps, so that most scrolling changes nothing at all. */
const STEP = 5

/** Which rows of equal height can be seen in a box, with some more beyond its edges. */
export function visibleRows(options: {
  readonly count: number
  readonly rowHeightPx: number
  readonly scrollTopPx: number
  readonly heightPx: number
}): RowSpan {
  const { count, rowHeightPx, scrollTopPx, heightPx } = options
  const first = Math.floor(Math.max(0, scrollTopPx) / rowHeightPx)
  const seen = Math.ceil(heightPx / rowHeightPx) + STEP
  const from = Math.max(0, Math.min(Math.floor((first - OVERSCAN) / STEP) * STEP, count - seen))
  return { from, to: Math.min(count, Math.max(0, first - (first % STEP)) + seen + OVERSCAN) }
}
