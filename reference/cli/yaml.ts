/** A flat object as YAML; text is quoted where YAML would read something else. */
const yamlOf = (value: Record<string, unknown>, indent = ''): string =>
  Object.entries(value)
    .map(([key, field]) => `${indent}${key}: ${nested(field, indent)}\n`)
    .join('');

function nested(field: unknown, indent: string): string {
  if (field === null || typeof field !== 'object') return scalar(field);
  return `\n${yamlOf(field as Record<string, unknown>, `${indent}  `).replace(/\n$/, '')}`;
}

function scalar(field: unknown): string {
  if (typeof field !== 'string') return String(field);
  return /^[A-Za-z/][\w./-]*$/.test(field) && !/^(?:true|false|null|yes|no|on|off)$/i.test(field)
    ? field
    : JSON.stringify(field);
}

/** A list of flat objects as YAML. */
export const yamlList = (values: Record<string, unknown>[]): string =>
  values.length === 0 ? '[]\n' : values.map((value) => `- ${yamlOf(value, '  ').slice(2)}`).join('');
