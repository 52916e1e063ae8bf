import { type ComponentProps, lazy, Suspense } from 'solid-js'
import { Skeleton } from '../components/skeleton.tsx'

const Chart = lazy(async () => ({ default: (await import('./time-chart.tsx')).TimeChart }))

/** A chart whose code comes after the first paint: a third of what a page with charts is made of. */
export function LaterTimeChart(props: ComponentProps<typeof Chart>) {
  return (
    <Suspense fallback={<Skeleton shape="chart" />}>
      <Chart {...props} />
    </Suspense>
  )
}

/** Fetches the code, so that it is there when the data is. */
export function loadTimeChart(): void {
  Chart.preload().catch(() => undefined) // Asked for again by the chart itself, which tells.
}
