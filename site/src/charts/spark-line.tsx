import { sparkPath } from './spark-path.ts'

const WIDTH = 120
const HEIGHT = 24

/** A small line without axes, beside the number that it belongs to. */
export function SparkLine(props: { readonly values: ReadonlyArray<number | null>; readonly class?: string }) {
  return (
    <svg
      viewBox={`0 -2 ${WIDTH} ${HEIGHT + 4}`}
      preserveAspectRatio="none"
      class={props.class ?? 'h-7 w-full'}
      aria-hidden="true"
    >
      <path
        d={sparkPath(props.values, WIDTH, HEIGHT)}
        fill="none"
        stroke="var(--chart-1)"
        stroke-width="1.5"
        stroke-linejoin="round"
        vector-effect="non-scaling-stroke"
      />
    </svg>
  )
}
