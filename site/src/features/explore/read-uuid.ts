const UUID = /^[0-9a-f]{8}-?(?:[0-9a-f]{4}-?){3}[0-9a-f]{12}$/i

/** A UUID as it is pasted, with its dashes and in small letters; undefined for anything else. */
export function readUuid(text: string): string | undefined {
  if (!UUID.test(text)) return undefined
  return text
    .replaceAll('-', '')
    .toLowerCase()
    .replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')
}
