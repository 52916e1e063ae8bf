/** Where players come from: how many, by which clock they live, and from which addresses they connect. */
export interface Country {
  /** ISO 3166-1 alpha-2. */
  readonly code: string
  readonly region: 'europe' | 'americas' | 'asia'
  /** IANA name of the zone that most of its players live in. */
  readonly timeZone: string
  /** Share among the players of its region. */
  readonly weight: number
  /** First two numbers of IPv4 ranges that the packaged country database puts into this country as a whole. */
  readonly ranges: readonly [string, ...string[]]
}

export const COUNTRIES: readonly [Country, ...Country[]] = [
  { code: 'DE', region: 'europe', timeZone: 'Europe/Berlin', weight: 34, ranges: ['2.28', '83.116', '143.93'] },
  { code: 'GB', region: 'europe', timeZone: 'Europe/London', weight: 13, ranges: ['1.186', '52.56', '149.63'] },
  { code: 'FR', region: 'europe', timeZone: 'Europe/Paris', weight: 11, ranges: ['2.3', '87.88', '130.66'] },
  { code: 'NL', region: 'europe', timeZone: 'Europe/Amsterdam', weight: 9, ranges: ['2.153', '84.24', '143.121'] },
  { code: 'PL', region: 'europe', timeZone: 'Europe/Warsaw', weight: 9, ranges: ['5.173', '95.48', '178.36'] },
  { code: 'ES', region: 'europe', timeZone: 'Europe/Madrid', weight: 7, ranges: ['2.136', '82.159', '163.117'] },
  { code: 'IT', region: 'europe', timeZone: 'Europe/Rome', weight: 6, ranges: ['2.32', '85.18', '149.132'] },
  { code: 'SE', region: 'europe', timeZone: 'Europe/Stockholm', weight: 5, ranges: ['2.64', '90.129', '147.13'] },
  { code: 'TR', region: 'europe', timeZone: 'Europe/Istanbul', weight: 6, ranges: ['5.24', '78.160', '176.30'] },
  { code: 'US', region: 'americas', timeZone: 'America/New_York', weight: 40, ranges: ['33.0', '69.2', '178.98'] },
  { code: 'US', region: 'americas', timeZone: 'America/Los_Angeles', weight: 16, ranges: ['2.0', '101.45', '149.1'] },
  { code: 'CA', region: 'americas', timeZone: 'America/Toronto', weight: 12, ranges: ['3.96', '72.38', '148.113'] },
  { code: 'BR', region: 'americas', timeZone: 'America/Sao_Paulo', weight: 18, ranges: ['4.160', '139.82', '186.192'] },
  { code: 'MX', region: 'americas', timeZone: 'America/Mexico_City', weight: 8, ranges: ['131.178', '158.23'] },
  {
    code: 'AR',
    region: 'americas',
    timeZone: 'America/Argentina/Buenos_Aires',
    weight: 6,
    ranges: ['24.232', '181.0'],
  },
  { code: 'JP', region: 'asia', timeZone: 'Asia/Tokyo', weight: 20, ranges: ['110.0', '128.22', '170.105'] },
  { code: 'KR', region: 'asia', timeZone: 'Asia/Seoul', weight: 14, ranges: ['1.11', '113.60', '180.64'] },
  { code: 'PH', region: 'asia', timeZone: 'Asia/Manila', weight: 14, ranges: ['58.69', '124.104', '136.158'] },
  { code: 'IN', region: 'asia', timeZone: 'Asia/Kolkata', weight: 14, ranges: ['42.104', '119.43', '171.48'] },
  { code: 'VN', region: 'asia', timeZone: 'Asia/Ho_Chi_Minh', weight: 12, ranges: ['1.52', '113.22', '183.80'] },
  { code: 'AU', region: 'asia', timeZone: 'Australia/Sydney', weight: 16, ranges: ['1.40', '114.72', '164.53'] },
]
