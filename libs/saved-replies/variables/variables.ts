import { findAttribute } from '#attributes/attributes';
import type { AttributeCatalogue, AttributeValue } from '#attributes/attributes';

/** What the variables of a text can stand for (REP-2). */
export interface VariableValues {
  /** `null`: nothing is known that could be a name. */
  readonly contactName: string | null;
  readonly agentName: string;
  /** Of the attributes that the sender sees. */
  readonly attributes: readonly {
    readonly alias: string;
    readonly medium: string | null;
    readonly value: AttributeValue;
  }[];
}

export type Rendered = { readonly text: string } | { readonly missing: string };

const variable = /\{\{([^{}]*)\}\}/g;
const fixed: ReadonlySet<string> = new Set(['contact.name', 'contact.firstName', 'contact.lastName', 'agent.name']);
const attributePrefix = 'attribute.';

/** `{{name|default}}`: its parts, without the white space around them. */
function partsOf(written: string): { readonly name: string; readonly otherwise: string | undefined } {
  const bar = written.indexOf('|');
  if (bar < 0) return { name: written.trim(), otherwise: undefined };
  return { name: written.slice(0, bar).trim(), otherwise: written.slice(bar + 1).trim() };
}

/** The first variable of the text that there is not, as it is written; braces that belong to none count as one. */
export function unknownVariable(text: string, catalogue: AttributeCatalogue): string | undefined {
  for (const [whole, written = ''] of text.matchAll(variable)) {
    if (!isKnown(partsOf(written).name, catalogue)) return whole;
  }
  return /\{\{|\}\}/.exec(text.replaceAll(variable, ''))?.[0];
}

function isKnown(name: string, catalogue: AttributeCatalogue): boolean {
  if (fixed.has(name)) return true;
  if (!name.startsWith(attributePrefix)) return false;
  return findAttribute(catalogue, name.slice(attributePrefix.length)) !== undefined;
}

/** The text with its values; `missing`: the first variable that has neither a value nor a default. */
export function render(text: string, values: VariableValues): Rendered {
  let missing: string | undefined;
  const rendered = text.replaceAll(variable, (_whole, written: string) => {
    const { name, otherwise } = partsOf(written);
    const value = valueOf(name, values) ?? otherwise;
    if (value === undefined) missing ??= name;
    return value ?? '';
  });
  return missing === undefined ? { text: rendered } : { missing };
}

function valueOf(name: string, values: VariableValues): string | undefined {
  const words = values.contactName?.split(' ') ?? [];
  switch (name) {
    case 'contact.name':
      return values.contactName ?? undefined;
    case 'contact.firstName':
      return attribute('firstName', values) ?? words[0];
    case 'contact.lastName':
      return attribute('lastName', values) ?? words.slice(1).join(' ');
    case 'agent.name':
      return values.agentName;
    default:
      return attribute(name.slice(attributePrefix.length), values);
  }
}

/** An admin's own attribute goes before what channels say; `whatsapp.phone` names one medium's. */
function attribute(name: string, { attributes }: VariableValues): string | undefined {
  const own = attributes.find(({ alias, medium }) => medium === null && alias === name);
  const platform = attributes.find(
    ({ alias, medium }) => medium !== null && (alias === name || `${medium}.${alias}` === name),
  );
  const value = (own ?? platform)?.value;
  if (value === undefined) return undefined;
  return (typeof value === 'object' ? value : [value]).join(', ');
}
