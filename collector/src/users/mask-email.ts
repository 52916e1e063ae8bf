/** What the audit log says of an e-mail address: `a…@example.net`. */
export function maskEmail(email: string): string {
  const at = email.lastIndexOf('@')
  const [first = ''] = email
  return `${first}…${email.slice(Math.max(at, 0))}`.slice(0, 200)
}
