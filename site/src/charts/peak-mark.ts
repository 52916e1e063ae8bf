import type uPlot from 'uplot'
import type { ChartColours } from './chart-colours.ts'
import { findPeak } from './chart-data.ts'

export interface PeakMarkOptions {
  /** Values of the main series; undefined for a chart without one. */
  readonly values: () => ReadonlyArray<number | null> | undefined
  readonly label: (value: number) => string
  readonly colours: () => ChartColours
}

/** Marks the highest point of the main series with a dot and its number. */
export function peakMark({ values, label, colours }: PeakMarkOptions): uPlot.Plugin {
  return {
    hooks: {
      draw(plot) {
        const peak = findPeak(values() ?? [])
        const atMs = plot.data[0][peak?.index ?? -1]
        if (peak === undefined || atMs === undefined || peak.value <= 0) return
        const { ctx, bbox } = plot
        const ratio = devicePixelRatio
        const [x, y] = [plot.valToPos(atMs, 'x', true), plot.valToPos(peak.value, 'y', true)]
        const text = label(peak.value)
        ctx.save()
        ctx.fillStyle = colours().series[0] ?? colours().text
        ctx.beginPath()
        ctx.arc(x, y, 3.5 * ratio, 0, 2 * Math.PI)
        ctx.fill()
        ctx.font = `${12 * ratio}px "Inter Variable", ui-sans-serif, system-ui, sans-serif`
        ctx.fillStyle = colours().text
        ctx.textAlign = 'left'
        ctx.textBaseline = 'alphabetic'
        const width = ctx.measureText(text).width
        // To the left of the point, or to its right where the axis would cut it.
        const isRight = x - width - 8 * ratio < bbox.left
        ctx.fillText(text, isRight ? x + 8 * ratio : x - width - 8 * ratio, y - 4 * ratio)
        ctx.restore()
      },
    },
  }
}
