/** Whom to tell of what is no single stay's. */
import type { PropertySettings } from '../config/configuration.ts';
import type { StaffContact } from '../workflows/domain/notice.ts';

/** null: the property is configured no longer, or has no staff. */
export function staffOf(settings: PropertySettings | undefined): StaffContact | null {
  if (settings === undefined) return null;
  const { name, timeZone, language, staff, messages } = settings;
  const { from, replyTo, helpLine } = messages;
  const recipients = (
    [
      ['email', staff.email],
      ['sms', staff.phone],
    ] as const
  ).flatMap(([channel, address]) => (address === null ? [] : [{ channel, address }]));
  return recipients.length === 0 ? null : { sender: { propertyName: name, timeZone, from, replyTo, helpLine }, language, recipients };
}
