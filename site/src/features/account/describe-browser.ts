/** What a browser says of itself, in two words; undefined for what is no browser that we know. */
export interface BrowserFacts {
  readonly browser: string
  readonly system: string | undefined
}

/** Those that claim to be others stand before the others. */
const BROWSERS: ReadonlyArray<readonly [RegExp, string]> = [
  [/\bEdgA?\//, 'Edge'],
  [/\bOPR\//, 'Opera'],
  [/\bFirefox\/|\bFxiOS\//, 'Firefox'],
  [/\bHeadlessChrome\/|\bChrome\/|\bCriOS\//, 'Chrome'],
  [/\bSafari\//, 'Safari'],
  [/^curl\//, 'curl'],
]
const SYSTEMS: ReadonlyArray<readonly [RegExp, string]> = [
  [/Android/, 'Android'],
  [/iPhone|iPad/, 'iOS'],
  [/Windows/, 'Windows'],
  [/Mac OS X|Macintosh/, 'macOS'],
  [/CrOS/, 'ChromeOS'],
  [/Linux/, 'Linux'],
]

/** Reads a user agent as far as a person cares. */
export function describeBrowser(userAgent: string): BrowserFacts | undefined {
  const browser = BROWSERS.find(([pattern]) => pattern.test(userAgent))?.[1]
  return browser === undefined
    ? undefined
    : { browser, system: SYSTEMS.find(([pattern]) => pattern.test(userAgent))?.[1] }
}
