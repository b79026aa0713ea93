/** A text that a person wrote, as far as the product takes it from WhatsApp. */
export interface WhatsAppMessage {
  readonly externalMessageId: string;
  /** The person's WhatsApp id: their phone number in international form, without `+`. */
  readonly waId: string;
  readonly profileName: string | undefined;
  readonly text: string;
  /** RFC 3339 in UTC with milliseconds. */
  readonly sentAt: string | undefined;
}

/**
 * The text messages of a webhook call of the WhatsApp Cloud API, in order:
 * entry[] → changes[] (field `messages`) → value.messages[] with value.contacts[] beside them.
 * Everything else that the provider sends (statuses, media, reactions, other fields) is passed over.
 */
export function textMessagesIn(payload: unknown): readonly WhatsAppMessage[] {
  return list(payload, 'entry')
    .flatMap((entry) => list(entry, 'changes'))
    .filter((change) => text(change, 'field') === 'messages')
    .map((change) => member(change, 'value'))
    .flatMap((value) => {
      const names = new Map(
        list(value, 'contacts').map((contact) => [text(contact, 'wa_id'), text(member(contact, 'profile'), 'name')]),
      );
      return list(value, 'messages').flatMap((message) => textMessage(message, names));
    });
}

function textMessage(message: unknown, names: ReadonlyMap<string | undefined, string | undefined>): WhatsAppMessage[] {
  const externalMessageId = text(message, 'id');
  const waId = text(message, 'from');
  const body = text(member(message, 'text'), 'body');
  if (text(message, 'type') !== 'text' || !externalMessageId || !waId || !body) return [];
  return [
    { externalMessageId, waId, profileName: names.get(waId), text: body, sentAt: instant(text(message, 'timestamp')) },
  ];
}

/** The provider sends seconds since 1970, as text. */
function instant(seconds: string | undefined): string | undefined {
  return seconds !== undefined && /^\d{1,11}$/.test(seconds)
    ? new Date(Number(seconds) * 1_000).toISOString()
    : undefined;
}

function member(value: unknown, key: string): unknown {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[key] : undefined;
}

function list(value: unknown, key: string): readonly unknown[] {
  const found = member(value, key);
  return Array.isArray(found) ? found : [];
}

function text(value: unknown, key: string): string | undefined {
  const found = member(value, key);
  return typeof found === 'string' ? found : undefined;
}
