import { type Accessor, createEffect, on, onCleanup, untrack } from 'solid-js'
import { type ChartData, toColumns } from './chart-data.ts'
import { buildPlotOptions, type PlotSetup } from './plot-options.ts'
import { uPlot } from './uplot.ts'

/**
 * Keeps one uPlot in an element whose size is given by CSS. New data and a new size go into the chart that is there; it
 * is made anew only when `setup` changes: other series, another time zone.
 */
export function createPlot(
  element: Accessor<HTMLElement | undefined>,
  setup: Accessor<PlotSetup>,
  data: Accessor<ChartData>,
  onPlot: (plot: uPlot | undefined) => void,
): void {
  let plot: uPlot | undefined

  function destroy(): void {
    plot?.destroy()
    plot = undefined
    onPlot(undefined)
  }
  createEffect(() => {
    const container = element()
    const options = setup()
    if (container === undefined) return
    const size = { width: container.clientWidth, height: container.clientHeight }
    plot = new uPlot(buildPlotOptions(options, size), toColumns(untrack(data)), container)
    onPlot(plot)
    const observer = new ResizeObserver(([entry]) => {
      const box = entry?.contentRect
      if (box === undefined || box.width === 0) return
      plot?.setSize({ width: Math.floor(box.width), height: Math.floor(box.height) })
    })
    observer.observe(container)
    onCleanup(() => {
      observer.disconnect()
      destroy()
    })
  })
  createEffect(
    on(
      data,
      (next) => {
        plot?.setData(toColumns(next))
      },
      { defer: true },
    ),
  )
  createEffect(
    on(
      () => setup().colours(),
      () => plot?.redraw(false),
      { defer: true },
    ),
  )
}
