import { defineMessages } from './define-messages.ts'

/** Texts of charts: what is drawn, and the same in words. */
export const chartMessages = defineMessages({
  peak: (value: string) => `peak ${value}`,
  viewAsTable: 'View as table',
  viewAsChart: 'View as chart',
  noData: (reason: string) => `no data: ${reason}`,
  noValue: 'no data',
  soFar: 'so far',
  time: 'Time',
  keyboardHint: 'Arrow keys move along the time, Home and End go to its ends.',
  summaryPeak: (label: string, value: string, at: string) => `${label}: highest ${value} at ${at}`,
  summaryLow: (value: string, at: string) => `lowest ${value} at ${at}`,
  summaryLast: (value: string) => `last ${value}`,
  summaryGap: (from: string, to: string, reason: string) => `No data from ${from} to ${to}: ${reason}.`,
  summaryEmpty: (label: string) => `${label}: no data in this time.`,
  reading: (time: string, values: string) => `${time}: ${values}`,
})
