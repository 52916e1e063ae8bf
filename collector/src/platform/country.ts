import { readFile } from 'node:fs/promises'
import { type CountryResponse, Reader } from 'maxmind'

/** Looks up the country of a textual address: ISO 3166-1 alpha-2, or '' when unknown. The address must not outlive the call. */
export type CountryOf = (address: string) => string

/** Records of the packaged database have the code itself; MaxMind's and others' nest it. */
type CountryRecord = { readonly country_code?: string } & Partial<CountryResponse>

/**
 * Opens an .mmdb database. Without a path every country is unknown.
 *
 * @throws when the file cannot be read or is no such database
 */
export async function openCountryDatabase(path: string | undefined): Promise<CountryOf> {
  if (path === undefined) return () => ''
  const reader = new Reader<CountryRecord>(await readFile(path))
  return (address) => {
    try {
      const record = reader.get(address)
      const code = record?.country_code ?? record?.country?.iso_code ?? ''
      return /^[A-Z]{2}$/.test(code) ? code : ''
    } catch {
      return '' // Not an address. It is not repeated anywhere.
    }
  }
}
