/** The name and the value of a property, as a filter of the URL holds them: `level=5`. */
export interface PropertyFilter {
  readonly name: string
  /** A text as it is; a number, `true`, `false` or `null` as JSON has it. */
  readonly value: string
}

/** Of the protocol. */
export const PROPERTY_NAME_CHARS_MAX = 64
/** Longer ones do not fit into a filter of the URL together with a name. */
export const PROPERTY_VALUE_CHARS_MAX = 180

/** Writes a filter as one value; a name may hold any character. */
export function formatPropertyFilter({ name, value }: PropertyFilter): string {
  return `${name.replace(/[%=]/g, (character) => encodeURIComponent(character))}=${value}`
}

/** Reads what {@link formatPropertyFilter} writes; undefined where there is no name. */
export function parsePropertyFilter(text: string): PropertyFilter | undefined {
  const [, name = '', value = ''] = /^([^=]+)=(.*)$/su.exec(text) ?? []
  if (name === '') return undefined
  return { name: name.replace(/%(25|3D)/g, (_, code: string) => (code === '25' ? '%' : '=')), value }
}
