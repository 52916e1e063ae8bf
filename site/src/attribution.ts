/** What the licence of the packaged country database asks for. Kept equal to the collector's by a test. */
export const COUNTRY_ATTRIBUTION =
  'Countries by IP address: geo-whois-asn-country by ip-location-db, made from data of the Regional Internet Registries (NRO), CC BY 4.0.'

/** The licence that the attribution names. */
export const COUNTRY_LICENCE_URL = 'https://creativecommons.org/licenses/by/4.0/'
